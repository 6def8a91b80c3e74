package dev.labrys.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.cluster.Program;
import dev.labrys.history.Seed;
import dev.labrys.system.raft.RaftProgram;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench cluster`: measures clusters of real processes, with real disks, on this machine.
///
/// All clusters that are compared run all the while, and are measured in turns. So what else the
/// machine does meets all of them alike, and each is as warm as it gets.
@Command(
    name = "cluster",
    header = "Measure a cluster of processes: how many requests, and how long do they take?",
    mixinStandardHelpOptions = true)
final class ClusterRun implements Callable<Integer> {
  private static final long SECOND = 1_000_000_000L;
  private static final int WARMUP_CLIENTS = 64;
  private static final int MOST_ATTEMPTS = 3;

  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      split = ",",
      defaultValue = "3",
      description = "Sizes of the clusters. Default: 3.")
  private List<Integer> sizes = List.of(3);

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,16,256",
      description = "Clients at the same time. Default: 1,16,256.")
  private List<Integer> clients = List.of(1, 16, 256);

  @Option(
      names = "--operations",
      paramLabel = "OPERATION",
      split = ",",
      defaultValue = "PUT,GET",
      description = "What they ask for: ${COMPLETION-CANDIDATES}. Default: both.")
  private List<Load.Operation> operations = List.of(Load.Operation.PUT, Load.Operation.GET);

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Requests that begin each second, whatever becomes of those before. Default: 0, each"
              + " client sends the next when it has the answer to the last.")
  private int perSecond;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is measured. Default: 3.")
  private int rounds = 3;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long each time. Default: 5.")
  private int seconds = 5;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seconds of load on each cluster before all. Default: 20.")
  private int warmup = 20;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Default: 10000.")
  private int keyCount = 10_000;

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      defaultValue = "256",
      description = "Default: 256.")
  private int valueBytes = 256;

  @Option(
      names = "--beside",
      paramLabel = "SYSTEM",
      description = "Measure this one as well, by turns: ${COMPLETION-CANDIDATES}.")
  private List<Contestant.Kind> beside = List.of();

  @Option(
      names = "--etcd-clients",
      paramLabel = "SPREAD",
      defaultValue = "LEADER",
      description = "Whom etcd's clients ask: ${COMPLETION-CANDIDATES}. Default: LEADER.")
  private Contestant.Spread spread = Contestant.Spread.LEADER;

  @Option(
      names = "--jvm",
      paramLabel = "OPTIONS",
      description =
          "Options of the JVM for our nodes, in place of their usual ones. Given several times: a"
              + " cluster with each, measured by turns.")
  private List<String> jvms = List.of("");

  @Option(
      names = "--raft-option",
      paramLabel = "KEY=VALUE",
      description =
          "How our nodes' Raft behaves. Default: snapshot-entries=100000, as etcd has it.")
  private List<String> raft = List.of("snapshot-entries=100000");

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "harness/bench/target/cluster",
      description =
          "Where the nodes' disks are; what is there is removed. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("harness/bench/target/cluster");

  @Option(
      names = "--results",
      paramLabel = "FOLDER",
      defaultValue = "harness/bench/results",
      description = "Where the results go. Default: ${DEFAULT-VALUE}.")
  private Path results = Path.of("harness/bench/results");

  private final RandomGenerator random = new Seed(1).stream("bench-cluster");
  private final ClusterFigures figures = new ClusterFigures();
  private final List<String> lines = new ArrayList<>();
  private int repeats;

  @Override
  public Integer call() throws IOException {
    check();
    List<Contestant.Entry> entries = entries();
    for (int size : sizes) {
      measure(size, entries);
    }
    PrintWriter out = spec.commandLine().getOut();
    figures.print(out);
    out.println("measurements that went wrong and were repeated: " + repeats);
    out.println("results: " + ResultsFile.writeLines(results, lines));
    return Bench.SUCCESS;
  }

  private void check() {
    require(rounds > 0 && seconds > 0 && warmup >= 0, "there must be a round, and a second");
    require(Collections.min(sizes) > 0, "a cluster has a node");
    require(Collections.min(clients) > 0, "there must be a client");
    require(
        Collections.max(clients) <= keyCount,
        "there must be a key for each client, as no two write the same one");
    require(perSecond >= 0 && perSecond <= SECOND, "a rate is from 0 to one a nanosecond");
  }

  private void require(boolean isSo, String complaint) {
    if (!isSo) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
  }

  private List<Contestant.Entry> entries() {
    List<Contestant.Entry> entries = new ArrayList<>();
    for (String jvm : jvms) {
      String name = "labrys" + (jvms.size() == 1 ? "" : " " + (entries.size() + 1));
      entries.add(new Contestant.Entry(Contestant.Kind.LABRYS, name, ours(jvm)));
    }
    if (beside.contains(Contestant.Kind.ETCD)) {
      Program etcd = new EtcdProgram(onPath("etcd").toString());
      entries.add(new Contestant.Entry(Contestant.Kind.ETCD, "etcd", etcd));
    }
    return entries;
  }

  private Program ours(String jvm) {
    List<String> options = raft.stream().flatMap(each -> Stream.of("--raft-option", each)).toList();
    RaftProgram usual = RaftProgram.ofThisJvm("bench", options);
    if (jvm.isBlank()) {
      return usual;
    }
    List<String> java = new ArrayList<>(List.of(usual.java().getFirst()));
    java.addAll(List.of(jvm.strip().split("\\s+", -1)));
    java.addAll(List.of("-cp", usual.java().getLast()));
    return new RaftProgram(java, usual.cluster(), options);
  }

  private Path onPath(String program) {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(each -> Path.of(each, program))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(() ->
        new ParameterException(
            spec.commandLine(), program + " is not on the PATH: install it, or leave it out"));
  }

  private void measure(int size, List<Contestant.Entry> entries) throws IOException {
    Path below = folder.resolve(size + "-nodes");
    remove(below);
    List<Contestant> contestants = new ArrayList<>();
    try {
      for (Contestant.Entry each : entries) {
        Path own = below.resolve(each.name().replace(' ', '-'));
        KeySpace keys = new KeySpace(keyCount, valueBytes);
        contestants.add(Contestant.start(each, size, own, keys));
        say("%s: processes %s", each.name(), contestants.getLast().pids());
      }
      for (Contestant each : contestants) {
        attempt(each, "warming up", () -> warmUp(each));
      }
      for (int round = 1; round <= rounds; round++) {
        measure(size, round, contestants);
        Collections.reverse(contestants);
      }
    } finally {
      for (Contestant each : contestants) {
        each.close();
      }
    }
  }

  /// Something that a deposed leader makes go wrong.
  private interface Task {
    void perform() throws IOException;
  }

  /// Does it, and does it again if that goes wrong: on a machine that does much else, a leader may
  /// be deposed meanwhile. It says so.
  private void attempt(Contestant contestant, String what, Task task) throws IOException {
    for (int left = MOST_ATTEMPTS; left > 0; left--) {
      try {
        if (left < MOST_ATTEMPTS) {
          fill(contestant);
        }
        task.perform();
        return;
      } catch (IOException failed) {
        if (left == 1) {
          throw failed;
        }
        repeats++;
        say(
            "%s of %s: once more, as %s",
            what, contestant.name(), String.valueOf(failed.getMessage()));
      }
    }
  }

  /// Lets every key have a value that is known.
  private void fill(Contestant contestant) throws IOException {
    Load load = new Load(Load.Operation.PUT, WARMUP_CLIENTS, 0);
    try (LoadLoop loop = loop(contestant, load)) {
      loop.fill();
    }
  }

  private void warmUp(Contestant contestant) throws IOException {
    fill(contestant);
    for (Load.Operation operation : Load.Operation.values()) {
      try (LoadLoop loop = loop(contestant, new Load(operation, WARMUP_CLIENTS, 0))) {
        loop.run(warmup * SECOND / 2);
      }
    }
  }

  private LoadLoop loop(Contestant contestant, Load load) throws IOException {
    return new LoadLoop(
        load,
        contestant.keys(),
        contestant.entrances(spread),
        node -> contestant.talk(load.operation(), node),
        random);
  }

  private void measure(int size, int round, List<Contestant> contestants) throws IOException {
    for (int count : clients) {
      for (Load.Operation operation : operations) {
        ClusterFigures.Cell cell =
            new ClusterFigures.Cell(size, new Load(operation, count, perSecond));
        for (Contestant each : contestants) {
          attempt(each, cell.toString(), () -> add(measure(cell, round, each)));
        }
      }
    }
  }

  private ClusterFigures.Figure measure(ClusterFigures.Cell cell, int round, Contestant contestant)
      throws IOException {
    try (LoadLoop loop = loop(contestant, cell.load())) {
      loop.run(SECOND);
      Duration servers = contestant.processorTime();
      long own = ownProcessorNanos();
      LoadLoop.Measured measured = loop.run(seconds * SECOND);
      return new ClusterFigures.Figure(
          cell,
          contestant.name(),
          round,
          measured,
          contestant.processorTime().minus(servers).toNanos(),
          ownProcessorNanos() - own);
    }
  }

  private static long ownProcessorNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private void add(ClusterFigures.Figure figure) throws IOException {
    figures.add(figure);
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      ClusterFigures.write(json, figure);
    }
    lines.add(line.toString());
    say(
        "round %d, %s, %s: %.0f/s, p99 %.2f ms",
        figure.round(), figure.cell(), figure.system(), figure.perSecond(), figure.millis(0.99));
  }

  private void say(String format, Object... parts) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, format + "%n", parts);
    out.flush();
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> below = Files.walk(folder)) {
      all = new ArrayList<>(below.toList());
    }
    Collections.reverse(all);
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
