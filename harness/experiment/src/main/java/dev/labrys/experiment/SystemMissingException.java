package dev.labrys.experiment;

/// This machine lacks the system that is to be tested. The message says how to get it.
public final class SystemMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SystemMissingException(String message) {
    super(message);
  }
}
