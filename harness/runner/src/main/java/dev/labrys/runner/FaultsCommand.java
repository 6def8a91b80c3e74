package dev.labrys.runner;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.container.ContainerCapabilities;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.process.ProcessCapabilities;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.experiment.Deployment;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys faults`: says what can be done to nodes on this machine.
@Command(
    name = "faults",
    header = "List what can be done to nodes on this machine, and what can't.",
    descriptionHeading = "%n",
    description =
        "Every kind of cluster can start nodes, ask them to stop, and kill them. What else it can"
            + " do to any program may depend on this machine, and is tried, on a process, a"
            + " connection or at an engine, before it is listed. What can't be done comes with the"
            + " reason. A program may offer more by itself.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys faults                        of every kind of cluster",
      "  labrys faults --deploy containers    of containers; fails where there is no engine"
    })
final class FaultsCommand implements Callable<Integer> {
  private final Terminal terminal;

  /// Absent: all of them.
  @Option(
      names = "--deploy",
      paramLabel = "KIND",
      description = "Only of ${COMPLETION-CANDIDATES}. Default: all.")
  private @Nullable Deployment deployment;

  FaultsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (deployment != null) {
      show(deployment, probe(deployment));
      return ExitCode.SUCCESS.code();
    }
    for (Deployment each : Deployment.values()) {
      try {
        show(each, probe(each));
      } catch (ContainersUnavailable reason) {
        terminal.print("%-11s not here: %s%n".formatted(each, Diagnosis.messageOf(reason)));
      }
    }
    return ExitCode.SUCCESS.code();
  }

  private static Capabilities probe(Deployment deployment) throws IOException {
    return switch (deployment) {
      case PROCESSES -> LinkProbe.add(ProcessCapabilities.probe());
      case CONTAINERS -> LinkProbe.add(ContainerCapabilities.probe(Engine.find()));
      case SIMULATION -> SimCluster.CAPABILITIES;
    };
  }

  private void show(Deployment shown, Capabilities capabilities) {
    line(shown, "can", "kill", "start a node, stop it, end it at once");
    for (Capability each : Capability.values()) {
      Optional<String> reason = capabilities.reasonAgainst(each);
      line(
          shown,
          reason.isPresent() ? "can't" : "can",
          Choice.name(each),
          reason.orElse(each.meaning()));
    }
  }

  private void line(Deployment shown, String can, String what, String text) {
    terminal.print("%-11s %-5s %-21s %s%n".formatted(shown, can, what, text));
  }
}
