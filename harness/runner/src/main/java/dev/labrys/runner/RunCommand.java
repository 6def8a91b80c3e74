package dev.labrys.runner;

import dev.labrys.cluster.process.Registry;
import dev.labrys.experiment.Experiment;
import dev.labrys.experiment.Run;
import dev.labrys.experiment.RunFolder;
import dev.labrys.experiment.SystemMissingException;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/// `labrys run`: puts a cluster to the test.
@Command(
    name = "run",
    header = "Start a cluster, hurt it while clients use it, and judge what they saw.",
    descriptionHeading = "%n",
    description = {
      "Without options: five nodes of the Raft of Labrys as processes of this machine, thirty"
          + " seconds, a mix of workloads, and partitions, delays, crashes, pauses and stalled"
          + " timers. All that happens is kept in a folder below runs/, with a report to look at;"
          + " 'labrys check FOLDER' judges it again.",
      "",
      "Everything that is drawn comes from the seed. Real clusters have a will of their own, so the"
          + " same seed gives the same actions and faults and not the same run; a simulated run is"
          + " the same to the byte."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys run                                         is our Raft correct? half a minute",
      "  labrys run --workload register --faults partition:one-way,kill,pause --time 2m",
      "  labrys run --deploy containers --nodes 3           the same in containers",
      "  labrys run --deploy simulation --time 10m          ten minutes, in seconds",
      "  labrys run --raft-option reads=local --fail-fast   a Raft that reads stale values",
      "  labrys run --schedule plan.yaml                    just these faults",
      "  labrys run --replay-faults runs/20261121T101500-mixed --workload register",
      "                                                     what was done in that run"
    })
final class RunCommand implements Callable<Integer> {

  private final Terminal terminal;

  @ArgGroup(validate = false, heading = "%nWhat is put to the test:%n")
  private ClusterChoice cluster = new ClusterChoice();

  @ArgGroup(validate = false, heading = "%nWhat clients do:%n")
  private LoadChoice load = new LoadChoice();

  @ArgGroup(validate = false, heading = "%nWhat goes wrong:%n")
  private TroubleChoice trouble = new TroubleChoice();

  @ArgGroup(validate = false, heading = "%nWhat is kept and told:%n")
  private KeepingChoice keeping = new KeepingChoice();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (keeping.isList()) {
      terminal.print(RunList.text());
      return ExitCode.SUCCESS.code();
    }
    Path parent = terminal.folder(keeping.out());
    Experiment experiment = experiment();
    RunFolder folder = RunFolder.create(parent, experiment.name(), Instant.now());
    Run run =
        Run.of(experiment, folder, Registry.ofUser())
            .keepingData(keeping.keepsData())
            .endingAtViolation(keeping.endsAtViolation());
    CountDownLatch end = new CountDownLatch(1);
    // Whoever has enough still gets the verdict on what there is.
    terminal.onInterrupt(run::stop, end);
    try {
      RunReport report = new RunScreen(terminal, experiment, keeping.isQuiet()).watch(run);
      if (!keeping.isQuiet()) {
        terminal.print(RunText.of(report, terminal.shown(folder.path())));
      }
      return ExitCode.of(report.conclusion().status()).code();
    } catch (UnsupportedOperationException impossible) {
      throw impossible(impossible);
    } finally {
      end.countDown();
    }
  }

  private static CommandFailure impossible(UnsupportedOperationException reason) {
    return CommandFailure.unavailable(
        Diagnosis.messageOf(reason) + "\n  --faults auto takes what is possible");
  }

  private Experiment experiment() throws IOException {
    try {
      Experiment.ClusterPlan plan = cluster.plan();
      Experiment experiment =
          new Experiment(
              keeping.name(load.workload()),
              keeping.seed(),
              plan,
              load.load(),
              trouble.trouble(plan.tested().usualFaults(), terminal));
      // Better now than when the cluster is there.
      List<String> omitted = Run.check(experiment);
      if (!keeping.isQuiet()) {
        omitted.forEach(each -> terminal.warn("labrys: %s%n".formatted(each)));
      }
      return experiment;
    } catch (UnsupportedOperationException impossible) {
      throw impossible(impossible);
    } catch (SystemMissingException missing) {
      throw CommandFailure.unavailable(Diagnosis.messageOf(missing));
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }
}
