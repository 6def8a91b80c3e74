package dev.labrys.raft;

/// Thrown for bytes that mean nothing: says where, and what was expected there.
public final class WireFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;

  /// @param position of the byte, from 0, at which it went wrong
  /// @param length of all of them
  /// @param problem what is there, and what was expected
  public WireFormatException(int position, int length, String problem) {
    super("at byte %d of %d: %s".formatted(position, length, problem));
    this.position = position;
  }

  public int position() {
    return position;
  }
}
