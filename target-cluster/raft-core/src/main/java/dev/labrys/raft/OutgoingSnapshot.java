package dev.labrys.raft;

import dev.labrys.raft.Message.InstallSnapshot;
import dev.labrys.raft.Message.SnapshotReply;

/// A snapshot on its way to another server, piece by piece.
final class OutgoingSnapshot {
  private final Snapshot snapshot;
  private int offset;

  /// The first message with the piece at `offset`, which may have been sent again since.
  private long firstRound;

  private int sentOffset = -1;

  OutgoingSnapshot(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  long lastIndex() {
    return snapshot.last().index();
  }

  /// The piece to send now, as the message `newRound`.
  InstallSnapshot piece(long term, int mostBytes, long newRound) {
    if (sentOffset != offset) {
      sentOffset = offset;
      firstRound = newRound;
    }
    int size = snapshot.state().length();
    int end = offset + Math.min(mostBytes, size - offset);
    return new InstallSnapshot(
        term,
        snapshot.last(),
        snapshot.configuration(),
        offset,
        snapshot.state().slice(offset, end),
        size,
        newRound);
  }

  /// Whether `reply` answers the piece that is under way, not one before.
  boolean isAnswer(SnapshotReply reply) {
    return reply.round() >= firstRound && reply.last().equals(snapshot.last());
  }

  /// The other server has everything before `nextOffset`.
  void arrived(int nextOffset) {
    offset = Math.clamp(nextOffset, 0, snapshot.state().length());
  }

  boolean isThere() {
    return offset == snapshot.state().length();
  }
}
