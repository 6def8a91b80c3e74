package dev.labrys.runner;

import dev.labrys.history.Seed;
import dev.labrys.lab.LabOptions;
import dev.labrys.lab.LabSeed;
import dev.labrys.lab.LabSuite;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.LabTests;
import dev.labrys.lab.LabTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `labrys lab`: runs the tests of the MIT labs against Raft, in simulation.
@Command(
    name = "lab",
    header = "Run the tests of the MIT Raft labs, in simulation.",
    descriptionHeading = "%n",
    description = {
      "Runs the tests of MIT 6.5840 (6.824 before) against the Raft of Labrys: a whole cluster, its"
          + " network and its disks in one thread, on a clock that does not wait. Each run comes"
          + " from a seed, and the same seed gives the same run.",
      "",
      "After a failure no further run is begun, unless with --keep-going. The seeds of failures are"
          + " saved, and each is printed as the command that repeats it; with --log that shows what"
          + " every server did."
    },
    parameterListHeading = "%nTests:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys lab                              every test once",
      "  labrys lab 2A 2B --runs 100             two parts, a hundred times each",
      "  labrys lab Figure8 --raft-option pre-vote=false --raft-option heartbeat=50ms",
      "  labrys lab raft -n 1000 -p 8 -k         overnight: go on after failures",
      "  labrys lab ReElection --replay 7 --log  what happened, a column for each server",
      "  labrys lab --list                       the tests there are, and what they demand"
    })
final class LabCommand implements Callable<Integer> {
  private static final int MOST_WORKERS = 1_024;

  private final Terminal terminal;

  @Parameters(
      arity = "0..*",
      paramLabel = "TEST",
      description =
          "A name or how it begins (ReElection2A, reel), a part (2A, 3B; 2 for all of 2A to 2D),"
              + " raft, rsm or kv, or a pattern ('*Unreliable*'). All if none is given.")
  private List<String> names = List.of();

  @Option(
      names = {"-n", "--runs"},
      paramLabel = "N",
      converter = CountArgument.class,
      defaultValue = "1",
      description = "How often to run each test: 10, 1k. Default: 1.")
  private long runs = 1;

  /// Absent: every processor.
  @Option(
      names = {"-p", "--parallel"},
      paramLabel = "P",
      description = "How many runs at the same time. Changes no result. Default: every processor.")
  private @Nullable Integer workers;

  /// Absent: a new one.
  @Option(
      names = {"-s", "--seed"},
      paramLabel = "SEED",
      description = "Where all runs come from. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Option(
      names = "--raft-option",
      paramLabel = "KEY=VALUE",
      description = "Change how servers behave; --list shows the keys. May be repeated.")
  private List<String> raftOptions = List.of();

  @Option(
      names = {"-k", "--keep-going"},
      description = "Go on after a failure.")
  private boolean keepGoing;

  /// Absent: one that names the seed.
  @Option(
      names = "--failures",
      paramLabel = "FILE",
      description =
          "Where to save the seeds of failures, if there are any. Default:"
              + " lab-failures-SEED.txt.")
  private @Nullable String failuresFile;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /// Absent: a suite.
  @Option(
      names = "--replay",
      paramLabel = "SEED",
      description =
          "Repeat one run. A seed that was printed for a failure names its test by itself; with"
              + " any other, say the test.")
  private @Nullable Long replayed;

  @Option(
      names = "--log",
      description = "With --replay: show what happens, a column for each server.")
  private boolean log;

  @Option(
      names = "--topics",
      paramLabel = "TOPIC",
      split = ",",
      description =
          "With --log: show only these of term, vote, lead, log, commit, apply, snap, timer, net,"
              + " disk, client, fault; or all. Default: all but timer, net and disk.")
  private List<String> topics = List.of();

  @Option(
      names = "--nodes",
      paramLabel = "NODE",
      split = ",",
      description = "With --log: show only these servers, such as n1,n3.")
  private List<String> nodes = List.of();

  /// Absent: that of the terminal.
  @Option(
      names = "--width",
      paramLabel = "LETTERS",
      description = "With --log: how wide a line may be. Default: as wide as the terminal.")
  private @Nullable Integer width;

  @Option(names = "--list", description = "List the tests, and the keys of --raft-option.")
  private boolean list;

  LabCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    LabOptions options = options();
    List<LabTest> tests = tests();
    if (list) {
      terminal.print(LabList.of(tests, options));
      return ExitCode.SUCCESS.code();
    }
    requireFitting();
    return replayed == null
        ? suite(tests, options).code()
        : replay(new LabSeed(replayed), tests, options).code();
  }

  private LabOptions options() {
    LabOptions standard = LabOptions.STANDARD;
    try {
      LabOptions options = standard.withRaft(standard.raft().withAll(raftOptions));
      List<String> warnings = new ArrayList<>(options.raft().warnings());
      warnings.removeAll(standard.raft().warnings());
      warnings.forEach(warning -> terminal.warn("labrys: " + warning + "\n"));
      return options;
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }

  private List<LabTest> tests() {
    try {
      return LabTests.select(names);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }

  /// Options that would do nothing are somebody's mistake.
  private void requireFitting() {
    boolean hasLogOption = !topics.isEmpty() || !nodes.isEmpty() || width != null;
    if (replayed == null && log) {
      throw CommandFailure.usage("--log needs --replay SEED: it shows one run");
    }
    if (!log && hasLogOption) {
      throw CommandFailure.usage("--topics, --nodes and --width need --log");
    }
    if (replayed != null && (runs != 1 || seed != null || keepGoing || failuresFile != null)) {
      throw CommandFailure.usage(
          "--replay repeats one run, so it does not go with --runs, --seed, --keep-going and"
              + " --failures");
    }
    if (replayed != null && json) {
      throw CommandFailure.usage("--json does not go with --replay");
    }
  }

  private ExitCode suite(List<LabTest> tests, LabOptions options) throws InterruptedException {
    LabSuite.Plan plan = plan(tests);
    LabFailures file = new LabFailures(terminal, failuresFile, raftOptions, plan);
    LabOutput output = json ? new LabJson(terminal, plan, file) : new LabText(terminal, plan, file);
    LabScreen screen = new LabScreen(terminal, plan, System::nanoTime);
    LabReport report = new LabReport(plan, output, file, screen);
    terminal.onInterrupt(() -> report.end(LabOutput.Ending.INTERRUPTED));
    LabSuite.run(plan, new LabTrial(options), report);
    return report.end(LabOutput.Ending.COMPLETE);
  }

  private LabSuite.Plan plan(List<LabTest> tests) {
    int processors = Runtime.getRuntime().availableProcessors();
    int atOnce = workers == null ? processors : workers;
    if (atOnce > MOST_WORKERS) {
      throw CommandFailure.usage("--parallel is at most %,d".formatted(MOST_WORKERS));
    }
    try {
      return new LabSuite.Plan(
          tests,
          Math.toIntExact(Math.min(runs, Integer.MAX_VALUE)),
          seed == null ? newSeed() : new Seed(seed),
          atOnce,
          keepGoing ? LabSuite.AfterFailure.GO_ON : LabSuite.AfterFailure.STOP);
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }

  /// A seed that was hardly ever used before, and is short enough to be typed.
  private static Seed newSeed() {
    return new Seed(new Seed(System.nanoTime()).stream("lab.seed").nextInt(1_000_000));
  }

  private ExitCode replay(LabSeed from, List<LabTest> tests, LabOptions options) {
    LabTest test = tests.size() == 1 ? tests.getFirst() : testOf(from, tests);
    LabReplay replay = new LabReplay(terminal, test, from, options);
    return log ? replay.shown(LabLogChoice.of(terminal, topics, nodes, width)) : replay.run();
  }

  private static LabTest testOf(LabSeed from, List<LabTest> tests) {
    return from.testAmong(tests)
        .orElseThrow(() ->
            CommandFailure.usage(
                "the seed %s was not given out for any of these %d tests: say which one to run"
                    .formatted(from, tests.size())));
  }
}
