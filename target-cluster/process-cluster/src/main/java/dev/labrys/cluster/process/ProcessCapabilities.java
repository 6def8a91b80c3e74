package dev.labrys.cluster.process;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.machine.NodeSurroundings;
import dev.labrys.cluster.machine.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What can be done to plain processes here, found out by trying.
public final class ProcessCapabilities {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Path PROCESSES = Path.of("/proc");

  private ProcessCapabilities() {}

  /// Tries each on something that is there for nothing else. Some of it has to be
  /// [provided][dev.labrys.cluster.machine.Provision] for before nodes start.
  public static Capabilities probe() {
    return unprovided().with(NodeSurroundings.probe());
  }

  /// The same of processes that run `program`.
  public static Capabilities probe(Program program) {
    return unprovided().with(NodeSurroundings.probe(program));
  }

  /// What can be done to any process.
  static Capabilities unprovided() {
    return Capabilities.none().probed(Capability.PAUSE, complaintAboutPause());
  }

  private static Optional<String> complaintAboutPause() {
    try {
      // It ends by itself should this JVM be killed.
      Process victim = new ProcessBuilder("/bin/sh", "-c", "read nothing").start();
      ProcessGroup group = new ProcessGroup(victim.toHandle());
      try {
        group.send(Signal.STOP);
        await(victim, State.STOPPED);
        group.send(Signal.CONT);
        await(victim, State.RUNNING);
        return Optional.empty();
      } finally {
        victim.destroyForcibly().onExit().join();
      }
    } catch (IOException failed) {
      return Optional.of("a process can't be stopped here: " + failed.getMessage());
    }
  }

  /// What a process is seen to do.
  private enum State {
    STOPPED,
    RUNNING
  }

  private static void await(Process process, State wanted) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (state(process) != wanted) {
      if (System.nanoTime() > deadline) {
        throw new IOException("a signal has no effect");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static State state(Process process) throws IOException {
    Path stat = PROCESSES.resolve(process.pid() + "/stat");
    String letters;
    if (Files.exists(stat)) {
      String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
      letters = text.substring(text.lastIndexOf(')') + 1).strip().substring(0, 1);
    } else {
      letters = Tool.run(List.of("ps", "-o", "stat=", "-p", "" + process.pid()), "");
    }
    return letters.startsWith("T") ? State.STOPPED : State.RUNNING;
  }
}
