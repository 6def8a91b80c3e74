package dev.labrys.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Trees;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import dev.labrys.cluster.process.ProcessOptions.Network;
import dev.labrys.system.raft.ClassCache;
import dev.labrys.system.raft.RaftImage;
import dev.labrys.system.raft.RaftProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench startup`: starts real clusters of our server, and measures how long that takes.
@Command(
    name = "startup",
    header = "Start clusters of processes or containers: how long until they serve?",
    mixinStandardHelpOptions = true)
final class StartupRun implements Callable<Integer> {
  private static final double NANOS = 1e9;
  private static final int MOST = 100;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  /// What clusters are made of.
  enum Kind {
    /// Processes on the loopback interface.
    PROCESSES,
    /// Processes in network namespaces.
    NAMESPACES,
    /// Containers of a Docker engine.
    CONTAINERS
  }

  @Option(
      names = "--deploy",
      paramLabel = "KIND",
      defaultValue = "PROCESSES",
      description = "What nodes are: ${COMPLETION-CANDIDATES}. Default: PROCESSES.")
  private Kind kind = Kind.PROCESSES;

  @Option(names = "--nodes", defaultValue = "5", description = "How many. Default: 5.")
  private int nodes = 5;

  @Option(names = "--runs", defaultValue = "10", description = "How often. Default: 10.")
  private int runs = 10;

  /// Absent: without.
  @Option(
      names = "--class-cache",
      paramLabel = "FOLDER",
      description = "Start processes with a cache of classes, kept in this folder. Default: none.")
  private @Nullable Path cache;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "harness/bench/results",
      description = "Where the results go. Default: harness/bench/results.")
  private Path folder = Path.of("harness/bench/results");

  /// How long it took, in seconds from the beginning.
  ///
  /// @param serving until all nodes serve
  /// @param led until one of them leads
  /// @param closing to end them all and remove what was made for them
  record Start(double serving, double led, double closing) {}

  @Override
  public Integer call() throws IOException {
    if (nodes < 1 || nodes > MOST || runs < 1 || runs > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--nodes and --runs are from 1 to %d".formatted(MOST));
    }
    PrintWriter out = spec.commandLine().getOut();
    Path temporary = Files.createTempDirectory("labrys-startup");
    try {
      Starter starter = starter(temporary);
      out.println(" run  serving   led  closing, in s");
      List<Start> starts = new ArrayList<>();
      for (int run = 1; run <= runs; run++) {
        Start start = measure(starter, temporary.resolve("run" + run));
        starts.add(start);
        out.printf(
            Locale.ROOT,
            "%4d %8.2f %5.2f %8.2f%n",
            run,
            start.serving(),
            start.led(),
            start.closing());
        out.flush();
      }
      out.printf(
          Locale.ROOT,
          "median serving %.2f s, led %.2f s%n",
          median(starts, Start::serving),
          median(starts, Start::led));
      out.println("results: " + ResultsFile.write(folder, json -> results(json, starts)));
    } finally {
      Trees.delete(temporary);
    }
    return Bench.SUCCESS;
  }

  /// Starts a cluster in a folder.
  private interface Starter {
    Cluster start(Path folder) throws IOException;
  }

  private Starter starter(Path temporary) throws IOException {
    if (kind == Kind.CONTAINERS) {
      Engine engine = Engine.find();
      ImageBuild build = new ImageBuild(engine);
      Image image = build.ensure(RaftImage.NAME, build.base(), RaftImage.classPath());
      RaftProgram program = RaftImage.program("bench", List.of("--admin", "any"));
      return run -> ContainerCluster.start(engine, ContainerOptions.of(run, nodes, image), program);
    }
    Network network = kind == Kind.PROCESSES ? Network.LOOPBACK : Network.NAMESPACES;
    RaftProgram plain = RaftProgram.ofThisJvm("bench", List.of());
    RaftProgram program = cache == null ? plain : new ClassCache(cache).speedUp(plain);
    Path registry = temporary.resolve("registry");
    return run ->
        ProcessCluster.start(ProcessOptions.of(run, nodes, registry).in(network), program);
  }

  private static Start measure(Starter starter, Path run) throws IOException {
    long begin = System.nanoTime();
    long closing;
    double serving;
    double led;
    try (Cluster cluster = starter.start(run)) {
      serving = (System.nanoTime() - begin) / NANOS;
      awaitLeader(cluster, begin);
      led = (System.nanoTime() - begin) / NANOS;
      closing = System.nanoTime();
    }
    return new Start(serving, led, (System.nanoTime() - closing) / NANOS);
  }

  private static void awaitLeader(Cluster cluster, long begin) throws IOException {
    while (cluster.nodes().stream()
        .noneMatch(node -> cluster.standing(node).filter(Standing::isLeader).isPresent())) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("no node leads after a minute");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
    return starts.stream()
        .mapToDouble(figure)
        .sorted()
        .skip((starts.size() - 1) / 2)
        .findFirst()
        .orElse(0);
  }

  private void results(JsonGenerator json, List<Start> starts) throws IOException {
    json.writeStartObject();
    json.writeStringField("benchmark", "StartupRun");
    json.writeObjectFieldStart("parameters");
    json.writeStringField("deploy", kind.name());
    json.writeStringField("nodes", Integer.toString(nodes));
    json.writeStringField("classCache", Boolean.toString(cache != null));
    json.writeEndObject();
    json.writeStringField("mode", "ss");
    json.writeObjectFieldStart("primary");
    json.writeNumberField("score", millis(median(starts, Start::serving)));
    json.writeNumberField("runs", starts.size());
    json.writeStringField("unit", "ms until all serve");
    json.writeEndObject();
    json.writeArrayFieldStart("starts");
    for (Start start : starts) {
      json.writeStartObject();
      json.writeNumberField("servingMillis", millis(start.serving()));
      json.writeNumberField("ledMillis", millis(start.led()));
      json.writeNumberField("closingMillis", millis(start.closing()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1_000);
  }
}
