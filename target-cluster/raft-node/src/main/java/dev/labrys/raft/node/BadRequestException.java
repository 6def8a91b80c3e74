package dev.labrys.raft.node;

/// Thrown for requests that mean nothing. The message says in a line why, and what would.
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
