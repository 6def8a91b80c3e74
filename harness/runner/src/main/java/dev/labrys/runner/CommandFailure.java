package dev.labrys.runner;

/// Ends a command early, for a reason that its user can mend.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// The command was called in a way that makes no sense.
  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  /// Something outside is missing or out of order.
  static CommandFailure unavailable(String message) {
    return new CommandFailure(ExitCode.UNAVAILABLE, message);
  }

  ExitCode exitCode() {
    return exitCode;
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
