package dev.labrys.raft;

import dev.labrys.raft.Message.InstallSnapshot;
import java.io.ByteArrayOutputStream;

/// A snapshot of which some pieces have arrived.
final class IncomingSnapshot {
  private final LogPosition last;
  private final Configuration configuration;
  private final int size;
  private final ByteArrayOutputStream state = new ByteArrayOutputStream();

  IncomingSnapshot(InstallSnapshot piece) {
    this.last = piece.last();
    this.configuration = piece.configuration();
    this.size = piece.size();
  }

  boolean isOf(InstallSnapshot piece) {
    return last.equals(piece.last()) && size == piece.size();
  }

  /// Adds `piece` if it is the next one. Any other has been there before, or is too early.
  void add(InstallSnapshot piece) {
    if (piece.offset() == state.size() && state.size() + piece.chunk().length() <= size) {
      state.writeBytes(piece.chunk().toArray());
    }
  }

  int length() {
    return state.size();
  }

  boolean isComplete() {
    return state.size() == size;
  }

  Snapshot snapshot() {
    return new Snapshot(last, configuration, Bytes.copyOf(state.toByteArray()));
  }
}
