package dev.labrys.raft;

import java.util.List;

/// What a server finds on its disk when it starts.
///
/// @param entries those after the snapshot, without gaps
public record Stored(HardState state, Snapshot snapshot, List<Entry> entries) {
  public Stored {
    entries = List.copyOf(entries);
    long expected = snapshot.last().index() + 1;
    for (Entry entry : entries) {
      if (entry.index() != expected) {
        throw new IllegalArgumentException(
            "expected entry %d after %d, found %d"
                .formatted(expected, expected - 1, entry.index()));
      }
      expected++;
    }
  }

  /// A new disk of a server that starts in `configuration`. A server that is to join a cluster
  /// starts in [Configuration#NONE], and learns the cluster from its leader.
  public static Stored initial(Configuration configuration) {
    return new Stored(HardState.INITIAL, Snapshot.initial(configuration), List.of());
  }
}
