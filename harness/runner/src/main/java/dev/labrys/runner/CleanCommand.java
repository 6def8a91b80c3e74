package dev.labrys.runner;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.container.ContainerLeftovers;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.links.ProxyLeftovers;
import dev.labrys.cluster.machine.DiskLeftovers;
import dev.labrys.cluster.machine.FilterLeftovers;
import dev.labrys.cluster.machine.GroupLeftovers;
import dev.labrys.cluster.process.ProcessLeftovers;
import dev.labrys.cluster.process.Registry;
import dev.labrys.experiment.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys clean`: removes what killed runs have left behind.
@Command(
    name = "clean",
    header = "Remove what killed runs have left behind.",
    descriptionHeading = "%n",
    description = {
      "A run removes what it made, unless it is killed. Then this finds it: processes and network"
          + " namespaces by notes that the run has made of them, containers, networks and volumes"
          + " by their labels, disks of nodes that are mounted by a mark beside their files, and"
          + " control groups, packet filters and proxies by a mark in their names. Proxies are"
          + " looked for where --toxiproxy says. Nothing without such a note, label or mark is"
          + " touched, and no process that merely has the number of one that was noted. Logs and"
          + " data in the folders of runs stay.",
      "",
      "A run whose runner is alive is left alone, unless with --all. Containers are passed over,"
          + " with a word on why, where no Docker engine answers."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys clean --dry-run             what is there, and would be removed",
      "  labrys clean                       remove it",
      "  labrys clean --all                 end all runs of this machine, living ones included",
      "  labrys clean --deploy containers   only containers; fails where there is no engine",
      "  labrys clean --toxiproxy http://127.0.0.1:8474",
      "                                     proxies at that server as well"
    })
final class CleanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--all",
      description = "Take what living runs have as well. Their runners see their nodes die.")
  private boolean all;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only say what would be removed.")
  private boolean dryRun;

  /// Absent: all of them.
  @Option(
      names = "--deploy",
      paramLabel = "WHAT",
      description = "Only processes, or only containers. Default: both.")
  private @Nullable Deployment deployment;

  /// Absent: that of the user.
  @Option(
      names = "--registry",
      paramLabel = "FOLDER",
      description =
          "Where runs have noted processes and namespaces. Default: labrys/nodes in"
              + " XDG_STATE_HOME, which is ~/.local/state if not set.")
  private @Nullable String registry;

  /// Absent: at none.
  @Option(
      names = "--toxiproxy",
      paramLabel = "URL",
      converter = ToxiproxyArgument.class,
      description =
          "Look for proxies at the Toxiproxy that listens there as well: http://127.0.0.1:8474.")
  private @Nullable Address toxiproxy;

  private boolean isTold;

  CleanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (deployment == Deployment.SIMULATION) {
      throw CommandFailure.usage(
          "--deploy: a simulation leaves nothing behind; choose processes or containers");
    }
    // First, as who waits for a disk that stands still can't even be killed.
    List<Leftovers> places = new ArrayList<>(List.of(new DiskLeftovers()));
    if (deployment == null || deployment == Deployment.PROCESSES) {
      places.add(new ProcessLeftovers(registry()));
    }
    if (deployment == null || deployment == Deployment.CONTAINERS) {
      addContainers(places);
    }
    places.add(new GroupLeftovers());
    places.add(new FilterLeftovers());
    if (toxiproxy != null) {
      places.add(new ProxyLeftovers(toxiproxy));
    }
    sweep(places);
    return ExitCode.SUCCESS.code();
  }

  /// What is not there is fine: nobody has noted anything.
  private Path registry() {
    if (registry == null) {
      return Registry.ofUser();
    }
    Path folder = terminal.path(registry);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CommandFailure.usage("--registry: %s is no folder".formatted(registry));
    }
    return folder;
  }

  private void addContainers(List<Leftovers> places) throws ContainersUnavailable {
    try {
      places.add(new ContainerLeftovers(Engine.find()));
    } catch (ContainersUnavailable reason) {
      if (deployment == Deployment.CONTAINERS) {
        throw reason;
      }
      terminal.warn(
          "labrys: containers are passed over: %s%n".formatted(Diagnosis.messageOf(reason)));
    }
  }

  /// What can't be removed in one place keeps nothing in another.
  private void sweep(List<Leftovers> places) throws IOException {
    Sweep sweep = all ? Sweep.ALL : Sweep.ORPHANS;
    Attempts.forEach(
        places,
        place -> {
          if (dryRun) {
            place.find(sweep).forEach(name -> tell("would remove", name));
          } else {
            place.remove(sweep, name -> tell("removed", name));
          }
        });
    if (!isTold) {
      terminal.print("nothing is left behind%n".formatted());
    }
  }

  /// At once, as what comes next may fail.
  private void tell(String what, String name) {
    isTold = true;
    terminal.print("%s %s%n".formatted(what, name));
  }
}
