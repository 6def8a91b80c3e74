package dev.labrys.raft.node;

/// Thrown for options that make no sense. The message says in a line what is wrong and what would
/// be right.
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
