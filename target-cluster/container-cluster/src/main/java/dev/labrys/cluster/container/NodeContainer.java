package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.UpdateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.StatsConfig;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node as a container, which is made when the node is first started.
final class NodeContainer {
  private static final int STOP_SECONDS = 10;
  private static final int PATIENCE_SECONDS = 30;
  private static final long LOG_MILLIS = 5_000;

  private final Run run;
  private final Engine engine;
  private final ContainerOptions options;
  private final Berth berth;
  private final Path log;
  private @Nullable String id;
  private @Nullable NodeLife life;

  NodeContainer(Run run, Engine engine, ContainerOptions options, Berth berth) {
    this.run = run;
    this.engine = engine;
    this.options = options;
    this.berth = berth;
    this.log = options.folder().resolve(berth.node().name() + ".log");
  }

  Berth berth() {
    return berth;
  }

  Path log() {
    return log;
  }

  NodeState state() throws IOException {
    return inspect()
        .filter(found -> Boolean.TRUE.equals(found.getRunning()))
        .map(found -> Boolean.TRUE.equals(found.getPaused()) ? NodeState.PAUSED : NodeState.RUNNING)
        .orElse(NodeState.STOPPED);
  }

  private Optional<InspectContainerResponse.ContainerState> inspect() throws IOException {
    String container = id;
    if (container == null) {
      return Optional.empty();
    }
    return ask(
        "look at",
        () -> {
          try {
            return Optional.of(client().inspectContainerCmd(container).exec().getState());
          } catch (NotFoundException removed) {
            return Optional.empty();
          }
        });
  }

  /// Leaves it so much time of a processor, in millionths.
  void limitCpu(long millionths) throws IOException {
    update(command ->
        command
            .withCpuPeriod(Limits.PERIOD_MICROS)
            .withCpuQuota(options.limits().cpuQuota(millionths)));
  }

  /// Leaves it so many bytes of memory, and nothing of the swap space.
  void limitMemory(long bytes) throws IOException {
    update(command ->
        command
            .withMemory(options.limits().memory(bytes))
            .withMemorySwap(options.limits().memoryWithSwap(bytes)));
  }

  private void update(Consumer<UpdateContainerCmd> change) throws IOException {
    String container = id;
    if (container != null) {
      ask(
          "limit",
          () -> {
            UpdateContainerCmd command = client().updateContainerCmd(container);
            change.accept(command);
            return command.exec();
          });
    }
  }

  /// In bytes, without copies of files that nobody has looked at lately.
  long memoryInUse() throws IOException {
    MemoryStatsConfig memory =
        ask("count the memory of", () -> MemoryLook.at(client(), required()));
    StatsConfig parts = Objects.requireNonNull(memory.getStats());
    Optional<Long> idle =
        Optional.ofNullable(parts.getTotalInactiveFile())
            .or(() -> Optional.ofNullable(parts.getInactiveFile()));
    return Objects.requireNonNull(memory.getUsage()) - idle.orElse(0L);
  }

  private String required() {
    return Objects.requireNonNull(id, "it has not been started");
  }

  /// How often the kernel has ended it for want of memory since it was last started.
  long memoryKills() throws IOException {
    return inspect().filter(found -> Boolean.TRUE.equals(found.getOOMKilled())).isPresent() ? 1 : 0;
  }

  /// Its processes that run, if they are processes of this machine.
  List<ProcessHandle> processes() throws IOException {
    return inspect()
        .flatMap(found -> Optional.ofNullable(found.getPidLong()))
        .filter(pid -> pid > 0 && engine.isOfThisMachine())
        .flatMap(ProcessHandle::of)
        .map(first -> Stream.concat(Stream.of(first), first.descendants()).toList())
        .orElse(List.of());
  }

  /// Starts it, which does not mean that it serves.
  NodeLife start(Launch launch) throws IOException {
    Optional<String> awaited =
        launch.ready() instanceof Readiness.Line(String text)
            ? Optional.of(text)
            : Optional.empty();
    NodeLife begun = new NodeLife(log, awaited);
    try {
      id = id == null ? create(launch, begun) : startAgain(id, begun);
    } catch (IOException refused) {
      begun.close();
      throw refused;
    }
    life = begun;
    return begun;
  }

  private String create(Launch launch, NodeLife listener) throws IOException {
    NewContainer made =
        new NewContainer(run, engine, options, berth, launch, id -> attach(id, listener));
    return ask(
        "start",
        () -> {
          made.start();
          return made.getContainerId();
        });
  }

  private String startAgain(String container, NodeLife listener) throws IOException {
    return ask(
        "start",
        () -> {
          attach(container, listener);
          client().startContainerCmd(container).exec();
          return container;
        });
  }

  /// Before it is started: nothing that it says is then missed, and nothing is heard twice.
  private void attach(String container, NodeLife listener) {
    client()
        .attachContainerCmd(container)
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .exec(listener);
    try {
      if (!listener.awaitStarted(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new UncheckedIOException(new IOException("the engine does not give its output"));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /// How it ended, in words.
  String end() throws IOException {
    Optional<InspectContainerResponse.ContainerState> found = inspect();
    if (found.isEmpty()) {
      return "was not started";
    }
    InspectContainerResponse.ContainerState state = found.get();
    if (Boolean.TRUE.equals(state.getRunning())) {
      return "still runs";
    }
    return Boolean.TRUE.equals(state.getOOMKilled())
        ? "was ended as it wanted more memory than its limit"
        : "ended with exit code " + state.getExitCodeLong();
  }

  /// Asks it to end, and kills it if it does not in time.
  void stop() throws IOException {
    resume();
    end("stop", container -> client().stopContainerCmd(container).withTimeout(STOP_SECONDS).exec());
  }

  /// Ends it at once.
  void kill() throws IOException {
    end("kill", container -> client().killContainerCmd(container).exec());
  }

  private void end(String lever, Pull pull) throws IOException {
    String container = id;
    if (container == null || state() == NodeState.STOPPED) {
      awaitLog();
      return;
    }
    ask(
        lever,
        () -> {
          try {
            pull.on(container);
          } catch (ConflictException | NotModifiedException ended) {
            // It ended by itself in the meantime.
          }
          return client()
              .waitContainerCmd(container)
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    awaitLog();
  }

  /// One request about a container.
  private interface Pull {
    void on(String container);
  }

  /// What it said last may still be on its way.
  private void awaitLog() throws IOException {
    if (life != null && !life.isOver(LOG_MILLIS)) {
      throw new IOException("%s has ended, and its output has not".formatted(berth.node()));
    }
  }

  void pause() throws IOException {
    String container = id;
    if (container != null && state() == NodeState.RUNNING) {
      ask("pause", () -> client().pauseContainerCmd(container).exec());
    }
  }

  void resume() throws IOException {
    String container = id;
    if (container != null && state() == NodeState.PAUSED) {
      ask("resume", () -> client().unpauseContainerCmd(container).exec());
    }
  }

  private <T extends @Nullable Object> T ask(String what, Supplier<T> question) throws IOException {
    return Engine.ask("%s %s".formatted(what, berth.node()), question);
  }

  private DockerClient client() {
    return engine.client();
  }
}
