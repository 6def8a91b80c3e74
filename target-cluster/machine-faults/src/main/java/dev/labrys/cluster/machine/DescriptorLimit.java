package dev.labrys.cluster.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How many files and sockets processes of this machine may have open, from outside.
///
/// Of the two limits that a process has, only the one that counts is changed; it may be raised
/// again up to the other. It is set to the lowest descriptor that is free: what is open stays open,
/// and what is closed makes room for another.
final class DescriptorLimit {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d+|unlimited) ");

  private DescriptorLimit() {}

  /// Why it can't be changed here; empty if that was seen to work.
  static Optional<String> complaint() {
    try {
      // It ends by itself should this JVM be killed.
      Process trial = new ProcessBuilder("/bin/sh", "-c", "echo ready; read nothing").start();
      try {
        // Before that, it may not have opened its libraries.
        trial.inputReader().readLine();
        String usual = of(trial.pid());
        exhaust(trial.pid());
        set(trial.pid(), usual);
        if (!of(trial.pid()).equals(usual)) {
          throw new IOException("the limit of a process stays what it was");
        }
        return Optional.empty();
      } finally {
        trial.destroyForcibly().onExit().join();
      }
    } catch (IOException refused) {
      return Optional.of(
          "limits of descriptors take Linux, and the program prlimit (util-linux): "
              + refused.getMessage());
    }
  }

  /// What the limit is: a number, or `unlimited`.
  static String of(long pid) throws IOException {
    Path limits = PROCESSES.resolve(pid + "/limits");
    Matcher found = LIMIT.matcher(Files.readString(limits, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new IOException(limits + " says nothing of files");
    }
    return found.group(1);
  }

  static void set(long pid, String limit) throws IOException {
    Tool.run(List.of("prlimit", "--pid", Long.toString(pid), "--nofile=%s:".formatted(limit)), "");
  }

  /// Lets a process have no more open than it has.
  static void exhaust(long pid) throws IOException {
    Set<Integer> open;
    try (Stream<Path> files = Files.list(PROCESSES.resolve(pid + "/fd"))) {
      open =
          files
              .map(file -> Integer.parseInt(file.getFileName().toString()))
              .collect(Collectors.toCollection(TreeSet::new));
    } catch (UncheckedIOException ended) {
      throw ended.getCause();
    }
    int free = 0;
    while (open.contains(free)) {
      free++;
    }
    set(pid, Integer.toString(free));
  }
}
