package dev.labrys.runner;

import dev.labrys.experiment.MalformedRunException;
import dev.labrys.history.IllFormedHistoryException;
import dev.labrys.history.MalformedHistoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// What a failure means to the person in front of it: how the command ends, and one line saying
/// what is wrong and, where that can be known, what to do.
record Diagnosis(ExitCode exitCode, String message) {

  /// The complaint about the file `name`, which the message may name already.
  String line(String name) {
    String where = message.contains(name) ? "" : Printable.line(name) + ": ";
    return "labrys: %s%s%n".formatted(where, message);
  }

  static Diagnosis of(Throwable wrong) {
    return switch (wrong) {
      case CommandFailure failure -> new Diagnosis(failure.exitCode(), failure.reason());
      case IllFormedHistoryException malformed -> usage(messageOf(malformed));
      case MalformedHistoryException malformed -> usage(messageOf(malformed));
      case MalformedRunException malformed -> usage(messageOf(malformed));
      case NoSuchFileException missing -> usage("no such file: " + missing.getFile());
      case AccessDeniedException denied -> unavailable("permission denied: " + denied.getFile());
      case FileSystemException broken -> unavailable(fileMessage(broken));
      case IOException broken -> unavailable(messageOf(broken));
      case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case OutOfMemoryError _ ->
          unavailable("out of memory; give the JVM more, for example JAVA_TOOL_OPTIONS=-Xmx8g");
      default -> new Diagnosis(ExitCode.INTERNAL, "internal error: " + named(wrong));
    };
  }

  private static Diagnosis usage(String message) {
    return new Diagnosis(ExitCode.USAGE, message);
  }

  private static Diagnosis unavailable(String message) {
    return new Diagnosis(ExitCode.UNAVAILABLE, message);
  }

  private static String fileMessage(FileSystemException broken) {
    String reason = Optional.ofNullable(broken.getReason()).orElse(named(broken));
    return "%s: %s".formatted(reason, broken.getFile());
  }

  static String messageOf(Throwable wrong) {
    return Optional.ofNullable(wrong.getMessage()).orElse(wrong.getClass().getSimpleName());
  }

  private static String named(Throwable wrong) {
    String name = wrong.getClass().getSimpleName();
    return wrong.getMessage() == null ? name : name + ": " + wrong.getMessage();
  }
}
