package dev.labrys.runner;

import dev.labrys.cluster.Client;
import dev.labrys.cluster.process.Registry;
import dev.labrys.experiment.Deployment;
import dev.labrys.experiment.Experiment;
import dev.labrys.experiment.LinkPlan;
import dev.labrys.experiment.Run;
import dev.labrys.experiment.RunFolder;
import dev.labrys.experiment.SystemMissingException;
import dev.labrys.experiment.TestedSystem;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.IncidentLog;
import dev.labrys.nemesis.Schedule;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
  private static final long LARGEST_SCHEDULE = 16 << 20;
  private static final int LONGEST_LEAVE_SECONDS = 120;

  private final Terminal terminal;

  @Option(
      names = "--system",
      paramLabel = "NAME",
      defaultValue = Systems.OWN,
      description =
          "What is put to the test: labrys-raft, or the etcd of this machine. Default:"
              + " labrys-raft.")
  private String system = Systems.OWN;

  @Option(
      names = "--deploy",
      paramLabel = "KIND",
      converter = DeploymentArgument.class,
      defaultValue = "processes",
      description = "How: processes, containers or simulation. Default: processes.")
  private Deployment deployment = Deployment.PROCESSES;

  @Option(
      names = {"-n", "--nodes"},
      paramLabel = "N",
      defaultValue = "5",
      description = "How many nodes. Default: 5.")
  private int nodes = 5;

  @Option(
      names = {"-w", "--workload"},
      paramLabel = "NAME",
      defaultValue = "mixed",
      description = "What clients do; --list shows all there are. Default: mixed.")
  private String workload = "mixed";

  /// Absent: what is usual for the system.
  @Option(
      names = {"-f", "--faults"},
      paramLabel = "KINDS",
      description =
          "What goes wrong: kinds and their options, separated by commas; none; or auto for all"
              + " that this machine can do. --list shows the kinds. Default:"
              + " partition,latency,kill,pause and, of labrys-raft, stall.")
  private @Nullable String faults;

  /// Absent: drawn from `faults`.
  @Option(
      names = "--schedule",
      paramLabel = "FILE",
      description =
          "Play this schedule or plan instead; docs/guide/faults.md tells how to write one.")
  private @Nullable String schedule;

  /// Absent: drawn from `faults`.
  @Option(
      names = "--replay-faults",
      paramLabel = "FILE",
      description =
          "Do again what was really done in another run, to whom and when: its faults.jsonl, or"
              + " its folder.")
  private @Nullable String replayed;

  /// Absent: in the runner itself.
  @Option(
      names = "--toxiproxy",
      paramLabel = "URL",
      converter = LinksArgument.class,
      description =
          "Have the proxies between nodes at the Toxiproxy that listens there, on this machine:"
              + " http://127.0.0.1:8474; or at one in a container, of the real one's image or"
              + " another: container, container:IMAGE. Default: in the runner itself.")
  private @Nullable LinkPlan toxiproxy;

  @Option(
      names = "--links",
      paramLabel = "WHAT",
      converter = MeansArgument.class,
      defaultValue = "proxies",
      description =
          "What cuts nodes off: proxies, or kernel, which drops packets on the bridge between"
              + " nodes and takes root; processes are in network namespaces then. Default:"
              + " proxies.")
  private Means means = Means.PROXIES;

  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "30s",
      description = "How long clients are at work: 30s, 5m. Default: 30s.")
  private Duration time = Duration.ofSeconds(30);

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "N",
      converter = CountArgument.class,
      defaultValue = "1000",
      description =
          "How many operations are begun in a second, by all clients together; 0 for as many as"
              + " go. Default: 1000.")
  private long rate = 1_000;

  @Option(
      names = {"-c", "--clients"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many clients. Default: 20.")
  private int clients = 20;

  @Option(
      names = "--ask",
      paramLabel = "WHOM",
      converter = HabitArgument.class,
      defaultValue = "own-node",
      description =
          "Whom a client asks: leader, or own-node for all that its own node can answer."
              + " Default: own-node.")
  private Client.Habit habit = Client.Habit.OWN_NODE;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "2s",
      description = "After which an operation is given up, its outcome unknown. Default: 2s.")
  private Duration patience = Duration.ofSeconds(2);

  @Option(
      names = "--recovery",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "5s",
      description =
          "Within which the cluster must serve again once all is healed, or the run is invalid."
              + " Default: 5s.")
  private Duration recovery = Duration.ofSeconds(5);

  /// Absent: a new one.
  @Option(
      names = {"-s", "--seed"},
      paramLabel = "SEED",
      description = "Where all that is drawn comes from. Default: a new one, which is printed.")
  private @Nullable Long seed;

  @Option(
      names = "--raft-option",
      paramLabel = "KEY=VALUE",
      description =
          "Change how the system behaves: labrys-raft by the keys that 'labrys lab --list' shows,"
              + " etcd by reads=local and flags of its own.")
  private List<String> raftOptions = List.of();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Below which folder the run is kept. Default: runs.")
  private String out = "runs";

  /// Absent: that of the workload.
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it. Default: as the workload.")
  private @Nullable String name;

  @Option(
      names = "--keep",
      description = "Keep what the nodes had on disk, not only what they said.")
  private boolean keep;

  @Option(names = "--fail-fast", description = "End at the first violation that is seen.")
  private boolean failFast;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors; the exit code tells.")
  private boolean quiet;

  @Option(names = "--list", description = "List the workloads and the kinds of faults.")
  private boolean list;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      terminal.print(RunList.text());
      return ExitCode.SUCCESS.code();
    }
    Experiment experiment = experiment();
    RunFolder folder = RunFolder.create(terminal.path(out), experiment.name(), Instant.now());
    Run run =
        Run.of(experiment, folder, Registry.ofUser()).keepingData(keep).endingAtViolation(failFast);
    CountDownLatch end = new CountDownLatch(1);
    terminal.onInterrupt(() -> {
      run.stop();
      awaitLeave(end);
    });
    try {
      RunReport report = new RunScreen(terminal, experiment, quiet).watch(run);
      if (!quiet) {
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

  /// Whoever has enough still gets the verdict on what there is.
  private static void awaitLeave(CountDownLatch end) {
    try {
      end.await(LONGEST_LEAVE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Experiment experiment() throws IOException {
    try {
      String faults =
          this.faults == null ? TestedSystem.named(system).usualFaults() : this.faults;
      Experiment experiment =
          new Experiment(
              name == null ? workload : name,
              seed == null ? newSeed() : seed,
              new Experiment.ClusterPlan(system, deployment, nodes, raftOptions, links()),
              new Experiment.Load(workload, clients, rate, time, patience, habit),
              new Experiment.Trouble(
                  schedule != null || replayed != null || faults.equals("none") ? "" : faults,
                  scheduleText(),
                  recovery));
      if (experiment.trouble().faults().isBlank()
          && experiment.trouble().schedule().isEmpty()
          && !faults.equals("none")) {
        throw CommandFailure.usage("say which faults: kinds of them, auto or none");
      }
      // Better now than when the cluster is there.
      Run.check(experiment);
      return experiment;
    } catch (UnsupportedOperationException impossible) {
      throw impossible(impossible);
    } catch (SystemMissingException missing) {
      throw CommandFailure.unavailable(Diagnosis.messageOf(missing));
    } catch (IllegalArgumentException wrong) {
      throw CommandFailure.usage(Diagnosis.messageOf(wrong));
    }
  }

  private LinkPlan links() {
    return switch (means) {
      case PROXIES -> toxiproxy == null ? LinkPlan.EMBEDDED : toxiproxy;
      case KERNEL -> {
        if (toxiproxy != null) {
          throw CommandFailure.usage("--toxiproxy does not go with --links kernel");
        }
        yield new LinkPlan.Kernel();
      }
    };
  }

  private String scheduleText() throws IOException {
    if (schedule != null && replayed != null) {
      throw CommandFailure.usage("--schedule does not go with --replay-faults");
    }
    if (schedule != null) {
      Path path = terminal.path(schedule);
      if (Files.exists(path)
          && (!Files.isRegularFile(path) || Files.size(path) > LARGEST_SCHEDULE)) {
        throw CommandFailure.usage(schedule + " is no file, or too large for a schedule");
      }
      return required(Files.readString(path), schedule);
    }
    if (replayed == null) {
      return "";
    }
    Path path = terminal.path(replayed);
    Path file = RunFolder.isOne(path) ? new RunFolder(path).faults() : path;
    try (Reader reader = Files.newBufferedReader(file)) {
      return required(Schedule.replay(IncidentLog.read(reader)).text(), replayed);
    }
  }

  private static String required(String schedule, String file) {
    if (schedule.isBlank()) {
      throw CommandFailure.usage(file + " has no fault; --faults none asks for none");
    }
    return schedule;
  }

  private static long newSeed() {
    return new Seed(System.nanoTime()).stream("run.seed").nextInt(1_000_000_000);
  }

  private static final class DeploymentArgument implements ITypeConverter<Deployment> {
    @Override
    public Deployment convert(String text) {
      return Choice.among(Deployment.values(), text);
    }
  }

  /// What cuts nodes off.
  private enum Means {
    PROXIES,
    KERNEL
  }

  private static final class MeansArgument implements ITypeConverter<Means> {
    @Override
    public Means convert(String text) {
      return Choice.among(Means.values(), text);
    }
  }

  private static final class LinksArgument implements ITypeConverter<LinkPlan> {
    @Override
    public LinkPlan convert(String text) {
      try {
        return LinkPlan.toxiproxy(text);
      } catch (IllegalArgumentException strange) {
        throw new TypeConversionException(strange.getMessage());
      }
    }
  }

  private static final class HabitArgument implements ITypeConverter<Client.Habit> {
    @Override
    public Client.Habit convert(String text) {
      return Choice.among(Client.Habit.values(), text);
    }
  }
}
