package dev.labrys.cluster.machine;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of one node as the kernel sees them together: what they use, and may use.
///
/// It lies directly below the root of each hierarchy, where a clean-up finds it by its name.
///
/// @param name with the mark of the run
record ControlGroup(Controller cpu, Controller memory, String name) {
  private static final String PREFIX = "labrys_";
  private static final String MEMBERS = "cgroup.procs";
  private static final long PERIOD_MICROS = 100_000;
  private static final long MILLION = 1_000_000;
  private static final String NO_LIMIT = "-1";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /// That of a node of a run, which is yet to be [made][#create].
  ///
  /// @throws IOException if the kernel has no such groups; the message says what helps
  static ControlGroup of(RunMark mark, NodeId node) throws IOException {
    return named("%s%s.%s".formatted(PREFIX, mark, node));
  }

  static ControlGroup named(String name) throws IOException {
    return new ControlGroup(
        Controller.find(Controller.Kind.CPU), Controller.find(Controller.Kind.MEMORY), name);
  }

  /// The run that a group belongs to; empty if it is none of ours.
  static Optional<RunMark> mark(String name) {
    int dot = name.indexOf('.');
    return name.startsWith(PREFIX) && dot > 0
        ? RunMark.parse(name.substring(PREFIX.length(), dot))
        : Optional.empty();
  }

  /// The names of groups of all runs.
  static Set<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (Controller each : Controller.all()) {
      try (Stream<Path> folders = Files.list(each.root())) {
        folders
            .map(folder -> folder.getFileName().toString())
            .filter(name -> mark(name).isPresent())
            .sorted()
            .forEach(names::add);
      }
    }
    return names;
  }

  /// Why nodes can't be in groups here; empty if that was seen to work.
  static Optional<String> complaint() {
    try {
      ControlGroup trial = of(RunMark.next(), new NodeId("trial"));
      try {
        trial.create();
        // It ends by itself should this JVM be killed.
        Process member =
            new ProcessBuilder(trial.joining(List.of("/bin/sh", "-c", "read nothing"))).start();
        try {
          trial.awaitMember(member);
          trial.limitCpu(MILLION);
          trial.limitMemory(trial.memoryInUse() + (64L << 20));
          trial.limitMemory(NodeLimits.UNLIMITED);
          trial.memoryKills();
        } finally {
          member.destroyForcibly().onExit().join();
        }
      } finally {
        trial.remove();
      }
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of("limits take root on Linux, and control groups: " + refused.getMessage());
    }
  }

  private void awaitMember(Process member) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!members().contains(member.toHandle())) {
      if (System.nanoTime() > deadline || !member.isAlive()) {
        throw new IOException("a process can't join " + name);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Its folders, one for each hierarchy.
  private Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(cpu.root().resolve(name));
    folders.add(memory.root().resolve(name));
    return folders;
  }

  void create() throws IOException {
    for (Path each : folders()) {
      Files.createDirectory(each);
    }
  }

  /// The command that becomes `command` as a member. Whatever that starts is a member as well.
  List<String> joining(List<String> command) {
    String join =
        folders().stream()
            .map(folder -> "echo $$ >'%s' && ".formatted(folder.resolve(MEMBERS)))
            .collect(Collectors.joining("", "", "exec \"$@\""));
    List<String> longer = new ArrayList<>(List.of("/bin/sh", "-c", join, "join"));
    longer.addAll(command);
    return longer;
  }

  private Set<ProcessHandle> members() throws IOException {
    Set<ProcessHandle> members = new LinkedHashSet<>();
    for (Path each : folders()) {
      if (Files.exists(each)) {
        for (String pid : Files.readAllLines(each.resolve(MEMBERS))) {
          ProcessHandle.of(Long.parseLong(pid)).ifPresent(members::add);
        }
      }
    }
    return members;
  }

  /// Leaves it so much time of a processor, in millionths.
  void limitCpu(long millionths) throws IOException {
    boolean isUnlimited = millionths == NodeLimits.UNLIMITED;
    String quota =
        Long.toString(isUnlimited ? -1 : Math.max(1, millionths * PERIOD_MICROS / MILLION));
    switch (cpu.version()) {
      case FIRST -> {
        write(cpu, "cpu.cfs_period_us", Long.toString(PERIOD_MICROS));
        write(cpu, "cpu.cfs_quota_us", quota);
      }
      case SECOND -> write(cpu, "cpu.max", (isUnlimited ? "max" : quota) + " " + PERIOD_MICROS);
    }
  }

  /// In bytes, without copies of files that nobody has looked at lately.
  long memoryInUse() throws IOException {
    return switch (memory.version()) {
      case FIRST ->
          Long.parseLong(read(memory, "memory.usage_in_bytes"))
              - count(memory, "memory.stat", "total_inactive_file");
      case SECOND ->
          Long.parseLong(read(memory, "memory.current"))
              - count(memory, "memory.stat", "inactive_file");
    };
  }

  /// Leaves it so many bytes of memory, and nothing of the swap space, where it would be slow
  /// instead of ended.
  void limitMemory(long bytes) throws IOException {
    boolean isUnlimited = bytes == NodeLimits.UNLIMITED;
    switch (memory.version()) {
      case FIRST -> {
        String limit = isUnlimited ? NO_LIMIT : Long.toString(bytes);
        // The limit with swap space can never be less than the one without.
        writeIfThere(memory, "memory.memsw.limit_in_bytes", NO_LIMIT);
        write(memory, "memory.limit_in_bytes", limit);
        writeIfThere(memory, "memory.memsw.limit_in_bytes", limit);
      }
      case SECOND -> {
        writeIfThere(memory, "memory.swap.max", isUnlimited ? "max" : "0");
        write(memory, "memory.max", isUnlimited ? "max" : Long.toString(bytes));
      }
    }
  }

  /// How many of its processes the kernel has ended for want of memory.
  long memoryKills() throws IOException {
    return switch (memory.version()) {
      case FIRST -> count(memory, "memory.oom_control", "oom_kill");
      case SECOND -> count(memory, "memory.events", "oom_kill");
    };
  }

  private long count(Controller controller, String file, String what) throws IOException {
    return read(controller, file)
        .lines()
        .filter(line -> line.startsWith(what + " "))
        .map(line -> Long.parseLong(line.substring(what.length() + 1).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("%s of %s has no %s".formatted(file, name, what)));
  }

  private String read(Controller controller, String file) throws IOException {
    return Files.readString(controller.root().resolve(name).resolve(file)).strip();
  }

  private void write(Controller controller, String file, String text) throws IOException {
    try {
      Files.writeString(controller.root().resolve(name).resolve(file), text);
    } catch (IOException refused) {
      throw new IOException(
          "the kernel refuses %s for %s of %s: %s"
              .formatted(text, file, name, refused.getMessage()),
          refused);
    }
  }

  /// A kernel without swap space need not count it.
  private void writeIfThere(Controller controller, String file, String text) throws IOException {
    if (Files.exists(controller.root().resolve(name).resolve(file))) {
      write(controller, file, text);
    }
  }

  /// Ends its members, if there are any, and removes it.
  void remove() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (Path each : folders()) {
      while (Files.exists(each)) {
        members().forEach(ProcessHandle::destroyForcibly);
        try {
          Files.delete(each);
        } catch (IOException busy) {
          if (System.nanoTime() > deadline) {
            throw new IOException("the control group %s stays: %s".formatted(each, busy), busy);
          }
          LockSupport.parkNanos(LOOK_NANOS);
        }
      }
    }
  }
}
