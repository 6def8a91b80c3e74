package dev.labrys.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A process that can't be taken for another, now or after a restart of the machine.
///
/// Numbers of processes are used again, and each container counts from 1. So a process is known by
/// where it runs, by its number there, and by when it was started.
///
/// @param place the machine, and the space of its process numbers
/// @param pid its number there
/// @param started when, as the kernel counts where it does: a wall clock may be set
public record KnownProcess(String place, long pid, String started) {
  private static final Path PROCESSES = Path.of("/proc");

  /// Words of `/proc/<pid>/stat` behind the name of the program, by their numbers in proc(5) less
  /// the two before them, and counted from 0.
  private static final int STATE = 3 - 3;

  private static final int START_TIME = 22 - 3;

  /// States of what has ended, and waits for its parent to notice.
  private static final List<String> OVER = List.of("Z", "X", "x");

  /// This JVM.
  public static KnownProcess self() {
    return of(ProcessHandle.current());
  }

  /// A process of this machine.
  public static KnownProcess of(ProcessHandle process) {
    return new KnownProcess(here(), process.pid(), startOf(process));
  }

  private static String here() {
    String name =
        read(PROCESSES.resolve("sys/kernel/hostname"))
            .orElse(System.getenv().getOrDefault("HOSTNAME", "here"));
    return "%s %s".formatted(name, numberSpace()).strip();
  }

  private static String numberSpace() {
    try {
      return Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "";
    }
  }

  private static String startOf(ProcessHandle process) {
    String boot = read(PROCESSES.resolve("sys/kernel/random/boot_id")).orElse("");
    return stat(process)
        .map(words -> "%s/%s".formatted(boot, words.get(START_TIME)))
        .orElseGet(() -> process.info().startInstant().orElse(Instant.EPOCH).toString());
  }

  private static Optional<List<String>> stat(ProcessHandle process) {
    return read(PROCESSES.resolve(process.pid() + "/stat"))
        .map(text -> text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1))
        .map(List::of)
        .filter(words -> words.size() > START_TIME);
  }

  /// The name of a program is any bytes.
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /// The process, if it runs and is seen from here.
  public Optional<ProcessHandle> find() {
    return isHere() ? ProcessHandle.of(pid).filter(this::isStill) : Optional.empty();
  }

  /// Whether it has certainly ended. Of a process of another machine or container nobody here can
  /// tell.
  public boolean isGone() {
    return isHere() && find().isEmpty();
  }

  private boolean isHere() {
    return place.equals(here());
  }

  private boolean isStill(ProcessHandle found) {
    boolean isOver = stat(found).filter(words -> OVER.contains(words.get(STATE))).isPresent();
    return found.isAlive() && !isOver && startOf(found).equals(started);
  }
}
