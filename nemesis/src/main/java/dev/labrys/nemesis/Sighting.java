package dev.labrys.nemesis;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What can be seen of a cluster at one moment, from outside.
///
/// @param ledTerm the latest term that has a leader, or -1
/// @param tail how many entries the leader of that term has that it does not know to be committed;
///   -1 if there is none, or it does not tell
/// @param snapshots the last entry that a snapshot has replaced, for each node that tells
/// @param operations how many operations of clients have been completed since the run began
record Sighting(long ledTerm, long tail, SortedMap<NodeId, Long> snapshots, long operations) {

  /// Nothing has been seen yet.
  static final Sighting NOTHING = new Sighting(-1, -1, Collections.emptySortedMap(), 0);

  Sighting {
    snapshots = Collections.unmodifiableSortedMap(new TreeMap<>(snapshots));
  }

  /// The same after so many operations.
  Sighting withOperations(long completed) {
    return new Sighting(ledTerm, tail, snapshots, completed);
  }

  /// What the nodes that answer say of themselves, taken together.
  static Sighting of(SortedMap<NodeId, Standing> standings, long operations) {
    long term = -1;
    long tail = -1;
    SortedMap<NodeId, Long> snapshots = new TreeMap<>();
    for (Map.Entry<NodeId, Standing> each : standings.entrySet()) {
      Standing standing = each.getValue();
      Standing.Log log = standing.log();
      if (standing.isLeader() && standing.term() > term) {
        term = standing.term();
        tail = log.isKnown() ? log.last() - log.committed() : -1;
      }
      if (log.isKnown()) {
        snapshots.put(each.getKey(), log.snapshot());
      }
    }
    return new Sighting(term, tail, snapshots, operations);
  }
}
