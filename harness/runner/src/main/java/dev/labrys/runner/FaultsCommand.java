package dev.labrys.runner;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.container.ContainerCapabilities;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.cluster.process.ProcessCapabilities;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.experiment.Deployment;
import java.io.IOException;
import java.util.List;
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
            + " reason. What only a program of its own accord offers is marked with its name. Below"
            + " it comes what the kernel can do in place of proxies, with 'labrys run --links"
            + " kernel'.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys faults                        of every kind of cluster",
      "  labrys faults --deploy containers    of containers; fails where there is no engine"
    })
final class FaultsCommand implements Callable<Integer> {
  private static final List<Capability> BY_KERNEL =
      List.of(
          Capability.CUT_LINKS,
          Capability.CUT_ONE_WAY,
          Capability.DELAY_LINKS,
          Capability.DROP_PACKETS);

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
      show(deployment);
      return ExitCode.SUCCESS.code();
    }
    for (Deployment each : Deployment.values()) {
      try {
        show(each);
      } catch (ContainersUnavailable reason) {
        terminal.print("%-11s not here: %s%n".formatted(each, Diagnosis.messageOf(reason)));
      }
    }
    return ExitCode.SUCCESS.code();
  }

  private void show(Deployment shown) throws IOException {
    Program program = Systems.own();
    switch (shown) {
      case PROCESSES -> {
        Capabilities any = LinkProbe.add(ProcessCapabilities.probe());
        show(shown, any, ProcessCapabilities.probe(program));
        showKernel(shown);
      }
      case CONTAINERS -> {
        Engine engine = Engine.find();
        Capabilities any = LinkProbe.add(ContainerCapabilities.probe(engine));
        show(shown, any, ContainerCapabilities.probe(engine, program));
        showKernel(shown);
      }
      case SIMULATION -> show(shown, SimCluster.CAPABILITIES, SimCluster.CAPABILITIES);
    }
  }

  /// @param any what can be done to nodes of any program
  /// @param own what can be done to those of our own
  private void show(Deployment shown, Capabilities any, Capabilities own) {
    line(shown, "can", "kill", "start a node, stop it, end it at once");
    for (Capability each : Capability.values()) {
      String what = Choice.name(each);
      if (any.has(each)) {
        line(shown, "can", what, any.describe(each));
      } else if (own.has(each)) {
        line(shown, "can", what, "%s only: %s".formatted(Systems.OWN, own.describe(each)));
      } else {
        line(shown, "can't", what, any.reasonAgainst(each).orElseThrow());
      }
    }
  }

  private void showKernel(Deployment shown) {
    Capabilities kernel = KernelLinks.probe();
    for (Capability each : BY_KERNEL) {
      line(
          shown,
          kernel.has(each) ? "can" : "can't",
          Choice.name(each) + " (kernel)",
          kernel.reasonAgainst(each).orElse(each.meaning()));
    }
  }

  private void line(Deployment shown, String can, String what, String text) {
    terminal.print("%-11s %-5s %-21s %s%n".formatted(shown, can, what, text));
  }
}
