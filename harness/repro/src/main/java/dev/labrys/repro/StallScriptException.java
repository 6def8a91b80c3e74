package dev.labrys.repro;

/// A script that can't be played to its end: the cluster does not do what it takes to go on.
public final class StallScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StallScriptException(String message) {
    super(message);
  }

  StallScriptException(String message, Throwable cause) {
    super(message, cause);
  }
}
