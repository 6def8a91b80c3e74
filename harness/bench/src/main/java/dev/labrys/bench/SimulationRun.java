package dev.labrys.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.history.Seed;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench simulation`: simulates five servers hour by hour, and measures how fast that goes and
/// what stays in memory.
///
/// Speeds are per second of processor time: what else the machine does makes it wait, but hardly
/// makes it work more.
@Command(
    name = "simulation",
    header = "Simulate a cluster for hours: how fast, and in how much memory?",
    mixinStandardHelpOptions = true)
final class SimulationRun implements Callable<Integer> {
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int SECONDS_PER_PLAN = 600;
  private static final double NANOS = 1e9;
  private static final int MOST_HOURS = 10_000;
  // The first hour fills what is bounded; after that nothing should come.
  private static final long GROWTH_ALLOWED = 16L << 20;

  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--scene",
      paramLabel = "SCENE",
      defaultValue = "FAULTS",
      description = "What goes on: ${COMPLETION-CANDIDATES}. Default: FAULTS.")
  private SimulatedCluster.Scene scene = SimulatedCluster.Scene.FAULTS;

  @Option(
      names = "--watch",
      paramLabel = "WATCH",
      defaultValue = "INVARIANTS",
      description = "Who watches: ${COMPLETION-CANDIDATES}. Default: INVARIANTS.")
  private SimulatedCluster.Watch watch = SimulatedCluster.Watch.INVARIANTS;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "How long, in virtual hours. Default: 24.")
  private int hours = 24;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Where all of it comes from. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "harness/bench/results",
      description = "Where the results go. Default: harness/bench/results.")
  private Path folder = Path.of("harness/bench/results");

  /// What a virtual hour took.
  ///
  /// @param heapBytes that are in use after it
  record Hour(double processorSeconds, double seconds, long events, long heapBytes) {
    /// Virtual seconds for each of processor time.
    double speed() {
      return SECONDS_PER_HOUR / processorSeconds;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (hours < 1 || hours > MOST_HOURS) {
      throw new ParameterException(
          spec.commandLine(), "--hours must be from 1 to %d, not %d".formatted(MOST_HOURS, hours));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("hour    speed  elapsed     events  heap");
    SimulatedCluster cluster = new SimulatedCluster(scene, watch, new Seed(seed));
    List<Hour> table = new ArrayList<>();
    for (int number = 1; number <= hours; number++) {
      Hour hour = simulate(cluster);
      table.add(hour);
      out.printf(
          Locale.ROOT,
          "%4d %7.0fx %7.1fs %10d %4.1f MiB%n",
          number,
          hour.speed(),
          hour.seconds(),
          hour.events(),
          hour.heapBytes() / (double) (1 << 20));
      out.flush();
    }
    out.printf("calls that succeeded: %d%n", cluster.succeeded());
    Path file = ResultsFile.write(folder, json -> results(json, table, cluster));
    out.println("results: " + file);
    if (growth(table) > GROWTH_ALLOWED) {
      out.printf("memory grew by %d bytes since the first hour%n", growth(table));
      return Bench.FAILURE;
    }
    return Bench.SUCCESS;
  }

  private static Hour simulate(SimulatedCluster cluster) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long events = cluster.events();
    long processor = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    for (int second = 0; second < SECONDS_PER_HOUR; second += SECONDS_PER_PLAN) {
      cluster.run(SECONDS_PER_PLAN);
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    double processorSeconds = (threads.getCurrentThreadCpuTime() - processor) / NANOS;
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Hour(
        processorSeconds,
        seconds,
        cluster.events() - events,
        runtime.totalMemory() - runtime.freeMemory());
  }

  /// By how much memory grew since the first hour, at least.
  static long growth(List<Hour> table) {
    long first = table.getFirst().heapBytes();
    long later =
        table.stream().skip(table.size() / 2).mapToLong(Hour::heapBytes).min().orElse(first);
    return later - first;
  }

  private void results(JsonGenerator json, List<Hour> table, SimulatedCluster cluster)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("benchmark", "SimulationRun");
    json.writeObjectFieldStart("parameters");
    json.writeStringField("scene", scene.name());
    json.writeStringField("watch", watch.name());
    json.writeStringField("seed", Long.toString(seed));
    json.writeEndObject();
    json.writeStringField("mode", "thrpt");
    json.writeObjectFieldStart("primary");
    json.writeNumberField("score", Math.round(median(table)));
    json.writeNumberField("runs", table.size());
    json.writeStringField("unit", "virtual s/s of processor time");
    json.writeEndObject();
    json.writeNumberField("succeeded", cluster.succeeded());
    json.writeArrayFieldStart("hours");
    for (Hour hour : table) {
      json.writeStartObject();
      json.writeNumberField("speed", Math.round(hour.speed()));
      json.writeNumberField("events", hour.events());
      json.writeNumberField("heapKiB", hour.heapBytes() >> 10);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static double median(List<Hour> table) {
    return table.stream()
        .mapToDouble(Hour::speed)
        .sorted()
        .skip(table.size() / 2)
        .findFirst()
        .orElse(0);
  }
}
