package dev.labrys.system.raft;

import dev.labrys.cluster.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One of our servers as the kernel of this machine sees it, in a container or not.
record ServerProcess(long pid) {
  private static final Path PROCESSES = Path.of("/proc");

  /// The one that hears HTTP at an address of this machine.
  static ServerProcess find(Address http) {
    String wanted = "--advertise-http\0%s\0".formatted(http);
    return new ServerProcess(
        ProcessHandle.allProcesses()
            .map(ProcessHandle::pid)
            .filter(pid -> command(pid).contains(wanted))
            .findFirst()
            .orElseThrow());
  }

  private static String command(long pid) {
    try {
      return Files.readString(PROCESSES.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  /// In how many periods it wanted more time of a processor than it was left.
  long throttled() {
    return read(group().resolve("cpu.stat"))
        .lines()
        .filter(line -> line.startsWith("nr_throttled "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  /// Its control group for the time of processors, in whichever version.
  private Path group() {
    List<String> mounts = read(PROCESSES.resolve("self/mounts")).lines().toList();
    for (String line : read(PROCESSES.resolve(pid + "/cgroup")).lines().toList()) {
      String[] words = line.split(":", 3);
      boolean isSecond = words[1].isEmpty();
      for (String mount : mounts) {
        String[] about = mount.split(" ", -1);
        boolean isIt =
            isSecond
                ? about[2].equals("cgroup2")
                : about[2].equals("cgroup")
                    && Arrays.asList(about[3].split(",", -1)).contains("cpu");
        Path group = Path.of(about[1] + words[2]);
        if (isIt
            && (isSecond || Arrays.asList(words[1].split(",", -1)).contains("cpu"))
            && Files.exists(group.resolve("cpu.stat"))) {
          return group;
        }
      }
    }
    throw new AssertionError("nobody counts the time of " + pid);
  }

  /// What the kernel says of how many files it may have open.
  String mostFiles() {
    return read(PROCESSES.resolve(pid + "/limits"))
        .lines()
        .filter(line -> line.startsWith("Max open files"))
        .findFirst()
        .orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
