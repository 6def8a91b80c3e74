package dev.labrys.cluster.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The process that made something at an engine, and removes it.
///
/// An engine may serve several machines, and several spaces of process numbers on each. Only who is
/// in the same place can tell whether a runner is gone.
///
/// @param place the machine, and the space of its process numbers
/// @param pid its number there
/// @param started when it was started: numbers are used again
record Runner(String place, long pid, String started) {
  static final String PLACE = "dev.labrys.runner.place";
  static final String PID = "dev.labrys.runner.pid";
  static final String STARTED = "dev.labrys.runner.started";

  private static final Path PROCESSES = Path.of("/proc");

  /// The 22nd of the words, as proc(5) counts, less the two before the closing parenthesis.
  private static final int START_TIME = 22 - 2;

  /// This JVM.
  static Runner self() {
    ProcessHandle self = ProcessHandle.current();
    return new Runner(here(), self.pid(), startOf(self));
  }

  private static String here() {
    String name =
        read(PROCESSES.resolve("sys/kernel/hostname"))
            .orElse(System.getenv().getOrDefault("HOSTNAME", "here"));
    return name + " " + numberSpace();
  }

  private static String numberSpace() {
    try {
      return Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "";
    }
  }

  /// In the kernel's own count where there is one: the wall clock of a start moves when the clock
  /// is set.
  private static String startOf(ProcessHandle process) {
    return read(PROCESSES.resolve(process.pid() + "/stat"))
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1))
        .filter(words -> words.length >= START_TIME)
        .map(words -> words[START_TIME - 1])
        .orElseGet(() -> process.info().startInstant().orElse(Instant.EPOCH).toString());
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  Map<String, String> labels() {
    return Map.of(PLACE, place, PID, Long.toString(pid), STARTED, started);
  }

  /// Whom `labels` name, if they are ours.
  static Optional<Runner> of(Map<String, String> labels) {
    OptionalLong pid = number(labels.getOrDefault(PID, ""));
    if (pid.isEmpty() || !labels.containsKey(PLACE) || !labels.containsKey(STARTED)) {
      return Optional.empty();
    }
    return Optional.of(
        new Runner(
            labels.getOrDefault(PLACE, ""), pid.getAsLong(), labels.getOrDefault(STARTED, "")));
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  /// Whether it has certainly ended.
  boolean isGone() {
    return place.equals(here())
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> startOf(process).equals(started))
            .isEmpty();
  }
}
