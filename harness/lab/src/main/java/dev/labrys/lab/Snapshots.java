package dev.labrys.lab;

import dev.labrys.cluster.sim.Observer;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import org.jspecify.annotations.Nullable;

/// The service above Raft that decides when its server replaces the log by a snapshot, and sees
/// what that is good for.
final class Snapshots implements Observer {
  /// Bytes that an entry takes beside its command: index, term, kind, length, checksum.
  private static final long ENTRY_BYTES = 24;

  private final Trigger trigger;
  private final long threshold;
  private final long[] since;
  private final long[] snapshotBytes;
  private @Nullable Simulation simulation;
  private int taken;
  private int installed;

  /// What makes it time for a snapshot.
  private enum Trigger {
    NEVER,
    INDEX,
    BYTES
  }

  private Snapshots(int servers, Trigger trigger, long threshold) {
    this.trigger = trigger;
    this.threshold = threshold;
    this.since = new long[servers + 1];
    this.snapshotBytes = new long[servers + 1];
  }

  /// No snapshots, and none to be seen.
  static Snapshots never(int servers) {
    return new Snapshots(servers, Trigger.NEVER, 0);
  }

  /// After every entry whose index is a multiple of `interval`.
  static Snapshots every(int interval, int servers) {
    return new Snapshots(servers, Trigger.INDEX, interval);
  }

  /// Whenever a server has applied `bytes` bytes of log.
  static Snapshots above(long bytes, int servers) {
    return new Snapshots(servers, Trigger.BYTES, bytes);
  }

  /// Takes them in `served`, which it observes.
  void in(Simulation served) {
    simulation = served;
  }

  @Override
  public void started(long timeNanos, ServerId server, Stored stored, Replica replica) {
    since[server.number()] = 0;
  }

  @Override
  public void performed(long timeNanos, ServerId server, Effect effect) {
    switch (effect) {
      case Effect.Apply(Entry entry, _) -> applied(server, entry);
      case Effect.Restore(Snapshot snapshot) -> {
        since[server.number()] = 0;
        installed++;
        snapshotBytes[server.number()] = snapshot.state().length();
      }
      case Effect.SaveSnapshot(Snapshot snapshot) ->
          snapshotBytes[server.number()] = snapshot.state().length();
      default -> {}
    }
  }

  private void applied(ServerId server, Entry entry) {
    boolean isDue =
        switch (trigger) {
          case NEVER -> false;
          case INDEX -> entry.index() % threshold == 0;
          case BYTES -> (since[server.number()] += bytes(entry)) >= threshold;
        };
    if (isDue && simulation != null) {
      since[server.number()] = 0;
      // At once, but not within the step that is being performed.
      SimServer taker = simulation.server(server);
      simulation.after(0, () -> take(taker));
    }
  }

  private void take(SimServer taker) {
    if (taker.isUp()) {
      taker.takeSnapshot();
      taken++;
    }
  }

  private static long bytes(Entry entry) {
    return ENTRY_BYTES
        + (entry.content() instanceof Content.Command command ? command.bytes().length() : 0);
  }

  /// Every log takes less than `most` bytes.
  void requireLogsBelow(long most) {
    if (simulation == null) {
      throw new IllegalStateException("no servers to look at");
    }
    for (ServerId id : simulation.servers()) {
      SimServer server = simulation.server(id);
      long bytes = server.isUp() ? bytes(server.log()) : 0;
      if (bytes >= most) {
        throw new LabFailure(
            "the log of %s takes %,d bytes, not less than %,d, in spite of snapshots: from %s to %s"
                .formatted(id, bytes, most, server.log().snapshot(), server.log().last()));
      }
    }
  }

  private static long bytes(LogView log) {
    long bytes = 0;
    for (long index = log.snapshot().index() + 1; index <= log.last().index(); index++) {
      bytes += bytes(log.at(index));
    }
    return bytes;
  }

  /// The latest snapshot of every server takes at most `most` bytes.
  void requireSnapshotsUpTo(long most) {
    for (int server = 1; server < snapshotBytes.length; server++) {
      if (snapshotBytes[server] > most) {
        throw new LabFailure(
            "the snapshot of n%d takes %,d bytes, more than %,d"
                .formatted(server, snapshotBytes[server], most));
      }
    }
  }

  boolean areTaken() {
    return taken > 0;
  }

  /// Snapshots were taken: else, nothing was tested.
  void requireTaken() {
    if (taken == 0) {
      throw new LabFailure("no snapshot was taken");
    }
  }

  /// A server was made what a snapshot says: else, nothing was tested.
  void requireInstalled() {
    if (installed == 0) {
      throw new LabFailure("no server needed a snapshot, though all others had forgotten entries");
    }
  }

  /// No snapshot was taken.
  void requireNone() {
    if (taken > 0) {
      throw new LabFailure("a snapshot was taken, though none is allowed here");
    }
  }
}
