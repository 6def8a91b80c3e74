package dev.labrys.runner;

import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.process.Registry;
import dev.labrys.experiment.Deployment;
import dev.labrys.history.Seed;
import dev.labrys.repro.ContainerTheatre;
import dev.labrys.repro.ProcessTheatre;
import dev.labrys.repro.Stall;
import dev.labrys.repro.StallCurve;
import dev.labrys.repro.StallOutcome;
import dev.labrys.repro.StallPage;
import dev.labrys.repro.StallPlan;
import dev.labrys.repro.StallRates;
import dev.labrys.repro.StallReport;
import dev.labrys.repro.StallScriptException;
import dev.labrys.repro.StallSeries;
import dev.labrys.repro.StallText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys repro sleep-stall`: a right Raft that never commits, as a sleep took too long.
@Command(
    name = "sleep-stall",
    header = "A right Raft that never commits again, as one sleep took too long.",
    descriptionHeading = "%n",
    description = {
      "Starts clusters of three processes with the options of the MIT labs (no-op=false,"
          + " pre-vote=false, check-quorum=false), gives the leader a command, and stalls it for"
          + " 1.4 s: by letting its timers not fire, and by stopping its process (SIGSTOP). All is"
          + " well afterwards, and the command is never committed. Says why, step by step, and how"
          + " often of how many times it happened.",
      "",
      "Then the same with each cure: a no-op entry, a longer election timeout, PreVote and"
          + " CheckQuorum, a next command. In simulation: for how long a stall each cure holds, and"
          + " how often runs of the labs' tests fail where sleeps are late so rarely and by so"
          + " much.",
      "",
      "Takes less than two minutes, no root, and no containers. Ends with 0 if the bug appeared"
          + " each time, and with 4 if it did not."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys repro sleep-stall                        all of it",
      "  labrys repro sleep-stall --quick                less of it, in half a minute",
      "  labrys repro sleep-stall --html stall.html      with pictures",
      "  labrys repro sleep-stall --deploy containers    in containers"
    })
final class SleepStallCommand implements Callable<Integer> {
  private static final int NODES = 3;

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
      defaultValue = "processes",
      description = "Of what the clusters are: processes or containers. Default: processes.")
  private Deployment deployment = Deployment.PROCESSES;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /// Absent: none.
  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with pictures.")
  private @Nullable String html;

  SleepStallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StallPlan plan = plan();
    Path folder = Files.createTempDirectory("labrys-stall-");
    try {
      StallReport report = play(plan, folder);
      if (json) {
        terminal.print(SleepStallJson.of(plan, report));
      }
      if (html != null) {
        Files.writeString(terminal.path(html), StallPage.of(report));
      }
      return (report.isReproduced() ? ExitCode.SUCCESS : ExitCode.INCONCLUSIVE).code();
    } catch (StallScriptException stuck) {
      terminal.warn("labrys: %s%n".formatted(Diagnosis.messageOf(stuck)));
      return ExitCode.INCONCLUSIVE.code();
    } finally {
      remove(folder);
    }
  }

  private StallPlan plan() {
    try {
      return new StallPlan(
          Math.toIntExact(Math.min(runs, 10_000)),
          quick ? StallPlan.Extent.QUICK : StallPlan.Extent.FULL,
          new Seed(seed));
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }

  private StallReport play(StallPlan plan, Path folder) throws IOException, InterruptedException {
    StallSeries series = new StallSeries(opener(folder), StallPlan.CLUSTERS, _ -> {});
    say(StallText.STORY);
    say("On %d %s\n".formatted(NODES, deployment));
    List<StallOutcome> rounds = series.play(plan.batches());
    for (Stall stall : Stall.values()) {
      rounds.stream()
          .filter(each -> each.setting().stall() == stall)
          .findFirst()
          .ifPresent(each -> say(StallText.timeline(each)));
    }
    say(StallText.rounds(rounds));
    say("The same stall with a cure, on %s\n".formatted(deployment));
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

  /// Each cluster has a folder of its own.
  private StallSeries.Opener opener(Path folder) throws IOException {
    return switch (deployment) {
      case PROCESSES ->
          (_, raft) ->
              ProcessTheatre.open(
                  Files.createTempDirectory(folder, "cluster"), Registry.ofUser(), NODES, raft);
      case CONTAINERS -> {
        Engine engine = engine();
        Image image = ContainerTheatre.image(engine);
        yield (_, raft) ->
            ContainerTheatre.open(
                engine, image, Files.createTempDirectory(folder, "cluster"), NODES, raft);
      }
      case SIMULATION ->
          throw CommandFailure.usage(
              "--deploy is processes or containers: a simulation comes anyway");
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

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
