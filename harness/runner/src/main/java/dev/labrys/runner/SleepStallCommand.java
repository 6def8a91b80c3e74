package dev.labrys.runner;

import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.process.Registry;
import dev.labrys.experiment.NodeData;
import dev.labrys.experiment.RunFolder;
import dev.labrys.experiment.RunStore;
import dev.labrys.history.Seed;
import dev.labrys.repro.ContainerTheatre;
import dev.labrys.repro.CurvePlot;
import dev.labrys.repro.ProcessTheatre;
import dev.labrys.repro.RatePlot;
import dev.labrys.repro.StallCurve;
import dev.labrys.repro.StallOutcome;
import dev.labrys.repro.StallPage;
import dev.labrys.repro.StallPicture;
import dev.labrys.repro.StallPlan;
import dev.labrys.repro.StallRates;
import dev.labrys.repro.StallReport;
import dev.labrys.repro.StallScriptException;
import dev.labrys.repro.StallSeries;
import dev.labrys.repro.StallText;
import dev.labrys.repro.Theatre;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// `labrys repro sleep-stall`: a right Raft that never commits, as a sleep took too long.
@Command(
    name = "sleep-stall",
    header = "A right Raft that never commits again, as one sleep took too long.",
    descriptionHeading = "%n",
    description = {
      "Starts clusters of three nodes with the options of the MIT labs (no-op=false,"
          + " pre-vote=false, check-quorum=false), gives the leader a command, and stalls it for"
          + " 1.4 s: by letting its timers not fire, and by freezing it (SIGSTOP; containers by"
          + " their engine). All is well afterwards, and the command is never committed. Says why,"
          + " step by step, and how often of how many times it happened.",
      "",
      "Then the same with each cure: a no-op entry, a longer election timeout, PreVote and"
          + " CheckQuorum, a next command. In simulation: for how long a stall each cure holds, and"
          + " how often runs of the labs' tests fail where sleeps are late so rarely and by so"
          + " much.",
      "",
      "Takes less than two minutes, no root, and no containers unless asked for. What it found is"
          + " kept in a folder below runs/: a report to look at, the same as JSON, each picture as"
          + " a file, and what the nodes said. Ends with 0 if the bug appeared each time, and with"
          + " 4 if it did not."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys repro sleep-stall                        all of it",
      "  labrys repro sleep-stall --quick                less of it, in half a minute",
      "  labrys repro sleep-stall --deploy containers    in containers"
    })
final class SleepStallCommand implements Callable<Integer> {
  private static final int NODES = 3;
  private static final long MOST_RUNS = 1_000;

  private final Terminal terminal;

  @Option(names = "--quick", description = "Measure less: well under a minute.")
  private boolean quick;

  @Option(
      names = {"-n", "--runs"},
      paramLabel = "N",
      converter = CountArgument.class,
      defaultValue = "20",
      description = "How often to stall a leader without a cure. Default: 20.")
  private long runs = 20;

  @Option(
      names = {"-s", "--seed"},
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Where the simulated parts come from. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--deploy",
      paramLabel = "KIND",
      converter = KindArgument.class,
      defaultValue = "processes",
      description = "Of what the clusters are: processes or containers. Default: processes.")
  private Kind kind = Kind.PROCESSES;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Below which folder it is kept. Default: runs.")
  private String out = "runs";

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  SleepStallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Of what clusters are made.
  private enum Kind {
    PROCESSES,
    CONTAINERS
  }

  private static final class KindArgument implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String text) {
      return Choice.among(Kind.values(), text);
    }
  }

  @Override
  public Integer call() throws IOException {
    StallPlan plan = plan();
    CountDownLatch end = new CountDownLatch(1);
    terminal.onInterrupt(Thread.currentThread()::interrupt, end);
    try {
      return attempt(plan, opener()).code();
    } finally {
      end.countDown();
    }
  }

  private StallPlan plan() {
    if (runs > MOST_RUNS) {
      throw CommandFailure.usage("--runs is at most %,d".formatted(MOST_RUNS));
    }
    try {
      return new StallPlan(
          Math.toIntExact(runs),
          quick ? StallPlan.Extent.QUICK : StallPlan.Extent.FULL,
          new Seed(seed));
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }

  /// What was kept of a play that was interrupted would not be worth a look.
  private ExitCode attempt(StallPlan plan, Opener opener) throws IOException {
    RunFolder folder = RunFolder.create(terminal.path(out), "sleep-stall", Instant.now());
    try {
      StallReport report =
          play(plan, (name, raft) -> opener.open(folder.nodes().resolve(name), raft));
      forgetData(folder);
      keep(folder, plan, report);
      return report.isReproduced() ? ExitCode.SUCCESS : ExitCode.INCONCLUSIVE;
    } catch (StallScriptException stuck) {
      terminal.warn(
          "labrys: %s%n  what the nodes said is in %s%n"
              .formatted(Diagnosis.messageOf(stuck), terminal.shown(folder.nodes())));
      return ExitCode.INCONCLUSIVE;
    } catch (UnsupportedOperationException impossible) {
      RunStore.delete(folder);
      throw CommandFailure.unavailable(Diagnosis.messageOf(impossible));
    } catch (InterruptedException enough) {
      RunStore.delete(folder);
      return ExitCode.INCONCLUSIVE;
    }
  }

  private StallReport play(StallPlan plan, StallSeries.Opener opener)
      throws IOException, InterruptedException {
    List<StallOutcome> played = new ArrayList<>();
    StallSeries series = new StallSeries(opener, StallPlan.CLUSTERS, played::add);
    say(StallText.TITLE + "\n");
    say(StallText.STORY);
    say("On clusters of %d %s\n".formatted(NODES, Choice.name(kind)));
    List<StallOutcome> rounds;
    try {
      rounds = series.play(plan.batches());
    } catch (InterruptedException enough) {
      say("interrupted after %d of %d rounds".formatted(played.size(), runs));
      say(StallText.rounds(played));
      throw enough;
    }
    StallReport.examples(rounds).forEach(each -> say(StallText.timeline(each)));
    say(StallText.rounds(rounds));
    say("The same stall with a cure, on %s\n".formatted(Choice.name(kind)));
    List<StallOutcome> cures = series.play(plan.cures());
    say(StallText.cures(cures));
    say("How long a stall each cure holds: runs that never commit, in simulation\n");
    StallCurve curve = StallCurve.measure(plan.curve());
    say(StallText.curve(curve));
    say(
        "How often it strikes: failures of 10,000 runs of %s, in simulation\n"
            .formatted(String.join(" and ", StallRates.TESTS)));
    StallRates rates = StallRates.measure(plan.rates());
    say(StallText.rates(rates));
    return new StallReport(rounds, cures, curve, rates);
  }

  private void keep(RunFolder folder, StallPlan plan, StallReport report) throws IOException {
    String document = SleepStallJson.of(plan, report, again());
    Files.writeString(folder.results(), document);
    Files.writeString(folder.reproduce(), again() + "\n");
    Files.writeString(folder.report(), StallPage.of(report, again()));
    for (StallOutcome each : StallReport.examples(report.rounds())) {
      picture(folder, Choice.name(each.setting().stall()), StallPicture.svg(each));
    }
    picture(folder, "curve", CurvePlot.svg(report.curve()));
    picture(folder, "rates", RatePlot.svg(report.rates()));
    if (json) {
      terminal.print(document);
    }
    say("  report  %s%n  again   %s".formatted(terminal.shown(folder.report()), again()));
  }

  /// What the nodes said is of interest, and not what they had on disk.
  private static void forgetData(RunFolder folder) throws IOException {
    try (Stream<Path> clusters = Files.list(folder.nodes())) {
      for (Path cluster : clusters.toList()) {
        NodeData.delete(cluster);
      }
    }
  }

  private static void picture(RunFolder folder, String name, String svg) throws IOException {
    Files.writeString(folder.path().resolve(name + ".svg"), svg);
  }

  /// The command that does all of it again.
  private String again() {
    return "./labrys repro sleep-stall%s --deploy %s --runs %d --seed %d"
        .formatted(quick ? " --quick" : "", Choice.name(kind), runs, seed);
  }

  /// Starts a cluster in a folder.
  @FunctionalInterface
  private interface Opener {
    Theatre open(Path folder, List<String> raft) throws IOException;
  }

  private Opener opener() throws IOException {
    return switch (kind) {
      case PROCESSES ->
          (folder, raft) -> ProcessTheatre.open(folder, Registry.ofUser(), NODES, raft);
      case CONTAINERS -> {
        Engine engine = engine();
        Image image = ContainerTheatre.image(engine);
        yield (folder, raft) -> ContainerTheatre.open(engine, image, folder, NODES, raft);
      }
    };
  }

  private static Engine engine() throws IOException {
    try {
      return Engine.find();
    } catch (ContainersUnavailable reason) {
      throw CommandFailure.unavailable(Diagnosis.messageOf(reason));
    }
  }

  private void say(String part) {
    if (!json) {
      terminal.print(part + "\n");
      terminal.flush();
    }
  }
}
