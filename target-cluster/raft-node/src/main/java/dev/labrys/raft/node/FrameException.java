package dev.labrys.raft.node;

/// Thrown for bytes that are not what the other side should have sent: the connection can't go on.
final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param problem what came
  FrameException(String problem) {
    super(problem);
  }
}
