package dev.labrys.bench;

import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Menace;
import dev.labrys.raft.RaftOptions;
import dev.labrys.workload.Workload;
import dev.labrys.workload.WorkloadOptions;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bench workloads`: runs workloads on a simulated cluster under faults, and measures how long it
/// takes to judge what their clients saw.
@Command(
    name = "workloads",
    header = "Run workloads under simulated faults: how long does it take to judge them?",
    mixinStandardHelpOptions = true)
final class WorkloadRun implements Callable<Integer> {
  private static final double NANOS = 1e9;

  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "WORKLOAD", description = "Which. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--time",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long, in virtual seconds. Default: 60.")
  private int seconds = 60;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many clients. Default: 20.")
  private int clients = 20;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "2000",
      description = "Actions per second. Default: 2000.")
  private double rate = 2_000;

  @Option(
      names = "--faults",
      paramLabel = "F",
      defaultValue = "partition,kill,pause,clients",
      description = "What goes wrong. Default: ${DEFAULT-VALUE}.")
  private String faults = "partition,kill,pause,clients";

  @Option(names = "--raft-option", paramLabel = "K=V", description = "How the servers behave.")
  private List<String> raft = new ArrayList<>();

  @Option(
      names = "--options",
      paramLabel = "K=V,…",
      defaultValue = "",
      description = "Options of the workloads.")
  private String options = "";

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Where all of it comes from. Default: 1.")
  private long seed = 1;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("workload        operations  unknown  simulated   judged  verdict");
    boolean isFine = true;
    for (String name : names.isEmpty() ? Workloads.names() : names) {
      Workload workload = Workloads.named(name, WorkloadOptions.parse(options));
      Path folder = Files.createTempDirectory("labrys-bench");
      Path file = folder.resolve("history.jsonl");
      try {
        isFine &= run(workload, file, out);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    }
    return isFine ? Bench.SUCCESS : Bench.FAILURE;
  }

  private boolean run(Workload workload, Path file, PrintWriter out) throws IOException {
    long start = System.nanoTime();
    SimulatedRun.record(
        new SimulatedRun.Setting(
            workload,
            seconds,
            clients,
            rate,
            Menace.parse(faults),
            RaftOptions.parse(raft),
            new Seed(seed)),
        file);
    History history = HistoryReader.read(file);
    long recorded = System.nanoTime();
    List<SimulatedRun.Finding> findings =
        SimulatedRun.judge(
            workload, file, SearchBudget.standard().withTimeout(Duration.ofMinutes(1)));
    long judged = System.nanoTime();
    long unknown =
        history.operations().stream()
            .map(Operation::outcome)
            .filter(Outcome.Unknown.class::isInstance)
            .count();
    out.printf(
        Locale.ROOT,
        "%-15s %10d %7.2f%% %9.1fs %7.1fs  %s%n",
        workload.name(),
        history.size(),
        100.0 * unknown / Math.max(1, history.size()),
        (recorded - start) / NANOS,
        (judged - recorded) / NANOS,
        verdicts(findings));
    out.flush();
    return findings.stream().allMatch(found -> found.verdict() instanceof Verdict.Valid);
  }

  private static String verdicts(List<SimulatedRun.Finding> findings) {
    List<String> words = new ArrayList<>();
    for (SimulatedRun.Finding found : findings) {
      String seconds =
          String.format(Locale.ROOT, " %.1fs", found.verdict().effort().nanos() / NANOS);
      words.add(
          found.judge().model()
              + switch (found.verdict()) {
                case Verdict.Valid _ -> " valid" + seconds;
                case Verdict.Invalid invalid ->
                    " INVALID: " + invalid.counterexample().reason() + seconds;
                case Verdict.Undecided none -> " UNKNOWN: " + none.reason() + seconds;
              });
    }
    return String.join(", ", words);
  }
}
