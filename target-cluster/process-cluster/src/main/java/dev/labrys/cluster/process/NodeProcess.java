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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A node as a group of processes of this machine, which end when this JVM does – even if that is
/// killed.
///
/// The first process is started by a shell that becomes it, in a session of its own, and leaves a
/// guard behind: a child in another session that waits on a pipe from this JVM. When the pipe is
/// closed, which the kernel does for a JVM that can't, the guard kills the group. The JVM closes
/// the pipe as well when the first process has ended: then the guard kills what that has left.
final class NodeProcess {
  /// Its first argument is what the guard does. What follows is the command of the node.
  private static final String START =
      """
      alone=setsid
      command -v setsid >/dev/null || alone=
      exec 3<&0
      $alone /bin/sh -c "$1" guard $$ <&3 3<&- >/dev/null 2>&1 &
      shift
      exec $alone "$@" </dev/null 3<&-
      """;

  /// The guard of process `$1`, whose child it is until that ends.
  ///
  /// Nobody else can have the number of a parent. If the parent has ended, the number is that of
  /// its group as long as that has members, and a process that bears it is a stranger.
  private static final String GUARD =
      """
      read -r word
      [ "$word" = over ] && exit
      if [ -r "/proc/$$/stat" ]; then
        read -r self name state parent rest <"/proc/$$/stat"
      else
        parent=$(ps -o ppid= -p $$)
      fi
      if [ "$parent" -eq "$1" ]; then
        kill -s KILL -- "-$1" || kill -s KILL "$1"
      elif ! kill -s 0 "$1"; then
        kill -s KILL -- "-$1"
      fi
      """;

  private static final int LAST_BYTES = 2_000;
  private static final int CHUNK_BYTES = 1 << 16;

  private final NodeId node;
  private final Path folder;
  private final Path log;
  private final Path registry;
  private @Nullable Process process;
  private @Nullable Registration registration;
  private boolean isPaused;
  private long logStart;

  /// Up to where the log was searched.
  private long heard;

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

  /// Its processes that run.
  List<ProcessHandle> members() throws IOException {
    return process == null ? List.of() : new ProcessGroup(process.toHandle()).members();
  }

  /// Starts the process, which does not serve yet.
  ///
  /// @param command that starts it, from that of `launch`
  void start(Launch launch, List<String> command) throws IOException {
    forget();
    Files.createDirectories(data());
    logStart = Files.exists(log) ? Files.size(log) : 0;
    heard = logStart;
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", START, node.name(), GUARD));
    guarded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(guarded);
    builder.directory(data().toFile());
    builder.environment().keySet().removeIf(name -> !NodeEnvironment.isUsual(name));
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

  /// Whether it has said `text` since it was last started. Searches only what is new, so ask for
  /// one text alone.
  boolean hasSaid(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    String pattern = new String(wanted, StandardCharsets.ISO_8859_1);
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      while (true) {
        // The text may have been half there.
        long from = Math.max(logStart, heard - wanted.length + 1);
        byte[] chunk = read(file, from, CHUNK_BYTES + wanted.length);
        if (new String(chunk, StandardCharsets.ISO_8859_1).contains(pattern)) {
          return true;
        }
        if (from + chunk.length <= heard) {
          return false;
        }
        heard = from + chunk.length;
      }
    }
  }

  /// The last it said, for people.
  String lastWords() {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      long from = Math.max(logStart, file.size() - LAST_BYTES);
      return new String(read(file, from, LAST_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "(%s can't be read: %s)".formatted(log, unreadable.getMessage());
    }
  }

  private static byte[] read(SeekableByteChannel file, long from, int limit) throws IOException {
    file.position(from);
    ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(file.size() - from, 0, limit));
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      // Reads on.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /// What it ended with, in words.
  String end() {
    if (process == null) {
      return "was not started";
    }
    return process.isAlive() ? "still runs" : "ended with exit code " + process.exitValue();
  }

  /// Asks it to end, and then those whom it left behind, such as the program of a launcher script;
  /// kills who has not ended in time.
  void stop(long timeoutMillis) throws IOException {
    if (process == null) {
      return;
    }
    resume();
    dismissGuard(process);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    ProcessGroup group = new ProcessGroup(process.toHandle());
    process.toHandle().destroy();
    if (!runsAfter(timeoutMillis) && group.hasMember()) {
      askToEnd(group);
      group.endsBy(deadline);
    }
    kill();
  }

  /// As it would kill at once whom the first process leaves behind. Should this JVM be killed now,
  /// the note remains.
  private static void dismissGuard(Process process) {
    try (OutputStream guard = process.getOutputStream()) {
      guard.write("over\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException ended) {
      // The process has ended before, whereupon the JVM closed the pipe, or the guard was killed.
    }
  }

  private static void askToEnd(ProcessGroup group) throws IOException {
    try {
      group.send(Signal.TERM);
    } catch (IOException failed) {
      if (group.hasMember()) {
        throw failed;
      }
    }
  }

  /// Ends it at once, and all that it started.
  void kill() throws IOException {
    if (process != null) {
      new ProcessGroup(process.toHandle()).end();
      process.onExit().join();
    }
    forget();
  }

  /// Freezes it, and returns when it stands still. One that did not in good time is waited for when
  /// this is asked again.
  void pause() throws IOException {
    if (process != null && state() != NodeState.STOPPED) {
      ProcessGroup group = new ProcessGroup(process.toHandle());
      group.send(Signal.STOP);
      isPaused = true;
      group.awaitStandstill();
    }
  }

  void resume() throws IOException {
    if (process != null && state() == NodeState.PAUSED) {
      new ProcessGroup(process.toHandle()).send(Signal.CONT);
    }
    isPaused = false;
  }

  /// After it has ended. The JVM has closed the pipe to the guard then, which ends.
  private void forget() throws IOException {
    process = null;
    if (registration != null) {
      registration.delete();
      registration = null;
    }
  }
}
