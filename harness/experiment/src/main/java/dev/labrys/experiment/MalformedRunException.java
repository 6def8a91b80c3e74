package dev.labrys.experiment;

import java.io.IOException;

/// What is to be a run, or a packed one, is none, or is damaged. It may come from anybody.
public final class MalformedRunException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param message where and why
  MalformedRunException(String message) {
    super(message);
  }

  MalformedRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
