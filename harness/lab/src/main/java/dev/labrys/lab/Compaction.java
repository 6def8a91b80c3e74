package dev.labrys.lab;

import dev.labrys.cluster.sim.MessageKind;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.raft.Content;
import dev.labrys.raft.LogView;
import dev.labrys.raft.ServerId;

/// The service of the 2D tests, which gives its server a snapshot after every tenth entry.
final class Compaction {
  /// Entries from snapshot to snapshot.
  static final int INTERVAL = 10;

  private static final int MOST_LOG_BYTES = 2_000;

  /// Bytes that an entry takes beside its command: index, term, kind, length, checksum.
  private static final int ENTRY_BYTES = 24;

  private final RaftLab lab;
  private int snapshots;

  private Compaction(RaftLab lab) {
    this.lab = lab;
  }

  /// That of the servers of `lab`, from now on.
  static Compaction of(RaftLab lab) {
    Compaction compaction = new Compaction(lab);
    lab.applied().onApplied(compaction::applied);
    return compaction;
  }

  private void applied(ServerId server, long index) {
    if (index % INTERVAL == 0) {
      // At once, but not within the step that is being performed.
      lab.simulation().after(0, () -> take(server));
    }
  }

  private void take(ServerId server) {
    SimServer taker = lab.simulation().server(server);
    if (taker.isUp()) {
      taker.takeSnapshot();
      snapshots++;
    }
  }

  /// Every log takes less than 2,000 bytes.
  void requireShortLogs() {
    for (ServerId server : lab.servers()) {
      long bytes = lab.isUp(server) ? bytes(lab.log(server)) : 0;
      if (bytes >= MOST_LOG_BYTES) {
        throw new LabFailure(
            "the log of %s takes %,d bytes in spite of snapshots: it is from %s to %s"
                .formatted(server, bytes, lab.log(server).snapshot(), lab.log(server).last()));
      }
    }
  }

  private static long bytes(LogView log) {
    long bytes = 0;
    for (long index = log.snapshot().index() + 1; index <= log.last().index(); index++) {
      bytes += ENTRY_BYTES;
      if (log.at(index).content() instanceof Content.Command command) {
        bytes += command.bytes().length();
      }
    }
    return bytes;
  }

  /// Snapshots were taken: else, nothing was tested.
  void requireSnapshots() {
    if (snapshots == 0) {
      throw new LabFailure("no snapshot was taken");
    }
  }

  /// A server was sent a snapshot: else, nothing was tested.
  void requireInstallations() {
    if (lab.simulation().network().messages(MessageKind.INSTALL_SNAPSHOT) == 0) {
      throw new LabFailure(
          "no server was sent a snapshot, though all others had forgotten entries");
    }
  }
}
