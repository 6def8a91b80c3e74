package dev.labrys.history;

/// Thrown for events that no run can produce, in the words of the journal's own places.
public final class IllFormedHistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IllFormedHistoryException(String message) {
    super(Limits.message(message));
  }
}
