package dev.labrys.cluster.process;

import dev.labrys.cluster.machine.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A process and all that it started, which bear its number as that of their group: what is done to
/// a node must not leave out the program that its launcher script waits for.
///
/// The number of a group is not used again while it has a member. A process that leads no group, as
/// where there is no program `setsid`, stands for itself.
///
/// @param leader the first of them, who may have ended
record ProcessGroup(ProcessHandle leader) {
  private static final Path PROCESSES = Path.of("/proc");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /// Words of `/proc/<pid>/stat` behind the name of the program.
  private static final int STATE = 0;

  private static final int GROUP = 2;

  /// States of what has ended, and waits for its parent to notice.
  private static final List<String> OVER = List.of("Z", "X", "x");

  /// States of threads that stand still, as they are stopped or over.
  private static final Set<String> STILL = Set.of("T", "t", "Z", "X", "x");

  /// With that of threads which the kernel keeps waiting: they stop before they run on.
  private static final Set<String> AS_GOOD_AS_STILL = Set.of("T", "t", "Z", "X", "x", "D");

  /// By the shell, as not every machine has a program `kill`.
  private static final String SEND =
      """
      kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2"
      """;

  /// Sends a signal to each member.
  void send(Signal signal) throws IOException {
    Tool.run(List.of("/bin/sh", "-c", SEND, "kill", signal.name(), "" + leader.pid()), "");
  }

  /// Waits until all members that were sent [Signal#STOP] stand still, with all of their threads.
  ///
  /// Each thread stops itself when it next gets a processor, which may be late on a busy machine,
  /// or when the kernel is done with what it asked for. That can't be waited for if it takes a
  /// process that is stopped: who starts a program by `vfork` stops when that has begun.
  /// [Signal#CONT], on the other hand, takes effect before it is sent.
  ///
  /// @throws IOException if one does not, in good time
  void awaitStandstill() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!allAre(STILL)) {
      if (System.nanoTime() - deadline > 0) {
        if (allAre(AS_GOOD_AS_STILL)) {
          return;
        }
        throw new IOException(
            "process %d, or one that it started, does not stand still".formatted(pid()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Whether each thread of all members is in one of these states.
  private boolean allAre(Set<String> states) throws IOException {
    if (!Files.isDirectory(PROCESSES)) {
      return true;
    }
    for (ProcessHandle member : members()) {
      try (Stream<Path> threads = Files.list(PROCESSES.resolve(member.pid() + "/task"))) {
        if (!threads.allMatch(thread -> is(states, thread))) {
          return false;
        }
      } catch (NoSuchFileException | UncheckedIOException ended) {
        // As good as still.
      }
    }
    return true;
  }

  private static boolean is(Set<String> states, Path thread) {
    try {
      return states.contains(stat(thread)[STATE]);
    } catch (IOException ended) {
      return true;
    }
  }

  /// Ends all members, and returns when they have ended.
  void end() throws IOException {
    try {
      if (hasMember()) {
        send(Signal.KILL);
      }
    } catch (IOException failed) {
      if (hasMember()) {
        throw failed;
      }
    }
    if (!endsBy(System.nanoTime() + PATIENCE_NANOS)) {
      throw new IOException("process %d, or one that it started, does not end".formatted(pid()));
    }
  }

  /// Waits until all members have ended, or a moment of [System#nanoTime].
  boolean endsBy(long deadline) throws IOException {
    while (hasMember()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /// Whether one runs.
  boolean hasMember() throws IOException {
    return !members().isEmpty();
  }

  /// Those that run.
  List<ProcessHandle> members() throws IOException {
    if (!Files.isDirectory(PROCESSES)) {
      return leader.isAlive() ? List.of(leader) : List.of();
    }
    if (!leader.isAlive() && Files.exists(PROCESSES.resolve("" + pid()))) {
      // Somebody else has the number, so nobody of this group is left.
      return List.of();
    }
    try (Stream<Path> files = Files.list(PROCESSES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(this::isMember)
          .flatMap(name -> ProcessHandle.of(Long.parseLong(name)).stream())
          .toList();
    }
  }

  private boolean isMember(String name) {
    if (!Character.isDigit(name.charAt(0))) {
      return false;
    }
    try {
      String[] words = stat(PROCESSES.resolve(name));
      String own = "" + pid();
      return (name.equals(own) || words[GROUP].equals(own)) && !OVER.contains(words[STATE]);
    } catch (IOException ended) {
      return false;
    }
  }

  /// What the kernel says of a process or thread, behind its name.
  private static String[] stat(Path folder) throws IOException {
    String text = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
    return text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
  }

  private long pid() {
    return leader.pid();
  }
}
