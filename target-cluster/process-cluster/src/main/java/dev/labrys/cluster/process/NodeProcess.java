package dev.labrys.cluster.process;

import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A node as a process of this machine, which ends when this JVM does – even if that is killed.
///
/// The process is started by a shell that becomes it, and leaves a guard behind: a child that waits
/// on a pipe from this JVM and kills the node when the pipe is closed, which the kernel does for a
/// JVM that can't.
final class NodeProcess {
  private static final String GUARD =
      """
      exec 3<&0
      { read word <&3; [ "$word" = over ] || kill -KILL $$; } >/dev/null 2>&1 &
      exec "$@" </dev/null 3<&-
      """;

  private static final int LAST_BYTES = 2_000;

  private final NodeId node;
  private final Path folder;
  private final Path log;
  private final Path registry;
  private @Nullable Process process;
  private @Nullable Registration registration;
  private boolean isPaused;
  private long logStart;

  /// @param folder of the run
  NodeProcess(NodeId node, Path folder, Path registry) {
    this.node = node;
    this.folder = folder;
    this.log = folder.resolve(node.name() + ".log");
    this.registry = registry;
  }

  Path log() {
    return log;
  }

  /// What it must not forget.
  Path data() {
    return folder.resolve(node.name());
  }

  NodeState state() {
    if (process == null || !process.isAlive()) {
      return NodeState.STOPPED;
    }
    return isPaused ? NodeState.PAUSED : NodeState.RUNNING;
  }

  /// Starts the process, which does not serve yet.
  ///
  /// @param command that starts it, from that of `launch`
  void start(Launch launch, List<String> command) throws IOException {
    forget();
    Files.createDirectories(data());
    logStart = Files.exists(log) ? Files.size(log) : 0;
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, node.name()));
    guarded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(guarded);
    builder.directory(data().toFile());
    builder.environment().putAll(launch.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process started = builder.start();
    process = started;
    isPaused = false;
    registration =
        Registration.write(
            registry,
            new Registration.Owned.NodeProcess(node, KnownProcess.of(started.toHandle())),
            folder,
            KnownProcess.self());
  }

  /// Waits a moment, or until the process ends if that is sooner.
  ///
  /// @return whether it still runs
  boolean runsAfter(long millis) {
    if (process == null) {
      return false;
    }
    try {
      return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return process.isAlive();
    }
  }

  /// Whether it has said `text` since it was last started.
  boolean hasSaid(String text) throws IOException {
    return spoken(logStart).contains(text);
  }

  /// The last it said, for people.
  String lastWords() {
    try {
      return spoken(Math.max(logStart, Files.size(log) - LAST_BYTES)).strip();
    } catch (IOException unreadable) {
      return "(%s can't be read: %s)".formatted(log, unreadable.getMessage());
    }
  }

  private String spoken(long from) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      file.position(from);
      byte[] bytes = new byte[(int) Math.min(file.size() - from, 1 << 20)];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && file.read(buffer) >= 0) {
        // Reads on.
      }
      return new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }

  /// What it ended with, in words.
  String end() {
    if (process == null) {
      return "was not started";
    }
    return process.isAlive() ? "still runs" : "ended with exit code " + process.exitValue();
  }

  /// Asks it to end, and kills it if it does not in time.
  void stop(long timeoutMillis) throws IOException {
    if (process == null) {
      return;
    }
    resume();
    // By its handle: the object would close the pipe as well, and the guard would kill at once.
    process.toHandle().destroy();
    if (runsAfter(timeoutMillis)) {
      kill();
    } else {
      forget();
    }
  }

  /// Ends it at once.
  void kill() throws IOException {
    if (process != null) {
      process.toHandle().destroyForcibly();
      process.onExit().join();
    }
    forget();
  }

  void pause() throws IOException {
    if (state() == NodeState.RUNNING) {
      signal(Signal.STOP);
      isPaused = true;
    }
  }

  void resume() throws IOException {
    if (state() == NodeState.PAUSED) {
      signal(Signal.CONT);
    }
    isPaused = false;
  }

  private void signal(Signal signal) throws IOException {
    if (process != null) {
      signal.send(process.toHandle());
    }
  }

  /// Lets the guard go, after the process has ended.
  private void forget() throws IOException {
    if (process != null) {
      try (OutputStream guard = process.getOutputStream()) {
        guard.write("over\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException gone) {
        // The guard has ended itself: it was told before, or killed.
        isPaused = false;
      }
      process = null;
    }
    if (registration != null) {
      registration.delete();
      registration = null;
    }
  }
}
