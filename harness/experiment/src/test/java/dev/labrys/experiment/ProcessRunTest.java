package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Status;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.links.ProxyLeftovers;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.cluster.process.ProcessLeftovers;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.IncidentLog;
import dev.labrys.nemesis.Schedule;
import dev.labrys.report.RunReport;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs on real processes.
@Timeout(300)
final class ProcessRunTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private static final Path FULL = Path.of("/dev/full");

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @TempDir private Path folder;

  private static Experiment experiment(String workload, Duration time, String... raftOptions) {
    return experiment(workload, time, LinkPlan.EMBEDDED, raftOptions);
  }

  private static Experiment experiment(
      String workload, Duration time, LinkPlan links, String... raftOptions) {
    return new Experiment(
        workload,
        7,
        new Experiment.ClusterPlan("labrys-raft", Deployment.PROCESSES, 3, List.of(raftOptions))
            .with(links),
        new Experiment.Load(workload, 6, 200, time, Duration.ofSeconds(2), Client.Habit.OWN_NODE),
        new Experiment.Trouble(
            "",
            """
            500ms..2s isolate:target=leader,direction=both
            1s..3s    pause:target=n2
            3s..4s    kill:target=leader
            """,
            Duration.ofSeconds(20)));
  }

  private RunFolder make(Experiment experiment) throws IOException {
    return RunFolder.create(folder.resolve("runs"), experiment.name(), Instant.now());
  }

  private Path registry() {
    return folder.resolve("state").resolve("nodes");
  }

  @Test
  void aGoodRaftIsValidAndLeavesNothingBehind() throws IOException {
    Experiment experiment = experiment("mixed", Duration.ofSeconds(30));
    RunFolder made = make(experiment);

    RunReport report = Run.of(experiment, made, registry()).perform();

    assertThat(report.conclusion().status()).as("%s", report.conclusion()).isEqualTo(Status.VALID);
    assertThat(report.faults()).hasSize(3);
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        // Nobody may lead when the leader is looked for.
        .contains(RunReport.Fate.HEALED)
        .doesNotContain(RunReport.Fate.FAILED, RunReport.Fate.LASTED);
    assertThat(report.nodes()).hasSize(3).allSatisfy(node -> assertThat(node.log()).isNotEmpty());
    assertThat(report.reigns()).isNotEmpty();
    assertThat(made.report()).isNotEmptyFile();
    assertThat(made.reproduce()).content().contains("--seed 7");
    assertThat(made.nodes()).isDirectoryContaining("glob:**/n1.log");
    assertThat(made.nodes()).isDirectoryNotContaining("glob:**/n1");
    nothingIsLeft();
  }

  /// Power is lost on any machine: with a disk for each node, or else by what nodes keep of what
  /// they synced.
  @Test
  void whatSimulationFindsHappensOnProcessesAndBack() throws IOException {
    String schedule =
        """
        1s..2s timer-drift:target=n2,rate=-20%
        3s..4s power-loss:target=all
        """;

    String simulated = undoing(Deployment.SIMULATION, schedule);
    String really = undoing(Deployment.PROCESSES, simulated);
    String again = undoing(Deployment.SIMULATION, really);

    assertThat(List.of(simulated, really, again))
        .allMatch(done -> done.contains("timer-drift:target=n2,rate=-20%"))
        .allMatch(done -> done.contains("power-loss:target=n1+n2+n3"));
    nothingIsLeft();
  }

  /// Has a Raft that syncs nothing lose what it acknowledged. What was lost shows wherever a read
  /// comes before the next write, which it does with one of many objects.
  ///
  /// @return what was really done
  private String undoing(Deployment deployment, String schedule) throws IOException {
    Experiment other = experiment("register:keys=50", Duration.ofSeconds(12));
    Experiment experiment =
        new Experiment(
            other.name(),
            7,
            new Experiment.ClusterPlan("labrys-raft", deployment, 3, List.of("fsync=never")),
            other.load(),
            new Experiment.Trouble("", schedule, Duration.ofSeconds(20)));
    RunFolder made = make(experiment);

    RunReport report = Run.of(experiment, made, registry()).perform();

    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isEqualTo(Status.INVALID);
    if (deployment == Deployment.PROCESSES) {
      assertThat(report.setup().remarks())
          .anyMatch(each -> each.startsWith("can lose what a node wrote and did not sync, by a"));
    }
    try (Reader reader = Files.newBufferedReader(made.faults())) {
      return Schedule.replay(IncidentLog.read(reader)).text();
    }
  }

  /// Nobody can lead before the time of the load is over, and nobody is too late.
  @Test
  void theLoadLastsUntilItIsKnownWhetherTheClusterRecovers() throws IOException {
    Experiment experiment =
        Samples.recoveringLate(Deployment.PROCESSES, 1, "election-min=3s", "election-max=4s");
    RunFolder made = make(experiment);

    RunReport report = Run.of(experiment, made, registry()).perform();

    assertThat(report.findings())
        .filteredOn(each -> each.checker().equals("recovery"))
        .extracting(RunReport.Finding::status)
        .as("%s", report.findings())
        .containsExactly(Status.VALID);
    nothingIsLeft();
  }

  @Test
  void aRunAtAServerOfOthersHealsAndLeavesNothingThere() throws IOException {
    try (ToxiproxyServer server =
        ToxiproxyServer.start(ToxiproxyOptions.anywhere(new Seed(1)::stream))) {
      LinkPlan.Server links = LinkPlan.Server.of(server.url());
      Experiment experiment = experiment("register", Duration.ofSeconds(15), links);
      RunFolder made = make(experiment);

      RunReport report = Run.of(experiment, made, registry()).perform();

      requireHealed(report);
      assertThat(made.reproduce()).content().contains("--toxiproxy " + server.url());
      assertThat(new ProxyLeftovers(links.api()).find(Sweep.ALL)).isEmpty();
    }
    nothingIsLeft();
  }

  @Test
  void aRunOnTheKernelsLinksHealsAndLeavesNothing() throws IOException {
    KernelLinks.probe().reasonAgainst(Capability.CUT_LINKS).ifPresent(Assumptions::abort);
    LinkPlan links = LinkPlan.parse("kernel");
    boolean isLatePossible = KernelLinks.probe().has(Capability.DELAY_LINKS);
    Experiment usual = experiment("register", Duration.ofSeconds(15), links);
    Experiment experiment =
        new Experiment(
            usual.name(),
            usual.seed(),
            usual.cluster(),
            usual.load(),
            new Experiment.Trouble(
                "",
                usual.trouble().schedule()
                    + "4s..7s lose-packets:target=all,share=20%\n"
                    + (isLatePossible ? "5s..6s latency:target=all,delay=20ms,jitter=10ms\n" : ""),
                usual.trouble().recovery()));
    RunFolder made = make(experiment);

    RunReport report = Run.of(experiment, made, registry()).perform();

    requireHealed(report);
    assertThat(report.faults())
        .filteredOn(fault -> fault.text().startsWith("lose-packets"))
        .extracting(RunReport.Fault::fate)
        .containsExactly(RunReport.Fate.HEALED);
    assertThat(made.reproduce()).content().contains("--links kernel");
    nothingIsLeft();
  }

  /// A disk that is full fails whoever writes down what the nemesis does.
  @Test
  void aNemesisThatFailsIsNoPassAndLeavesNobodyHurt() throws IOException {
    Assumptions.assumeTrue(Files.exists(FULL), "this machine has no " + FULL);
    Experiment experiment = experiment("register", Duration.ofSeconds(8));
    RunFolder made = make(experiment);
    Files.createSymbolicLink(made.faults(), FULL);

    RunReport report = Run.of(experiment, made, registry()).perform();

    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isEqualTo(Status.INCONCLUSIVE);
    assertThat(report.conclusion().reasons())
        .anySatisfy(reason -> assertThat(reason).contains("could not be written down"));
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .contains(RunReport.Fate.HEALED)
        .doesNotContain(RunReport.Fate.FAILED, RunReport.Fate.LASTED);
    nothingIsLeft();
  }

  @Test
  void aViolationEndsTheRunIfThatIsWanted() throws IOException {
    Experiment experiment = experiment("register", Duration.ofMinutes(4), "reads=local");
    RunFolder made = make(experiment);

    RunReport report = Run.of(experiment, made, registry()).endingAtViolation(true).perform();

    assertThat(report.conclusion().status()).isEqualTo(Status.INVALID);
    assertThat(report.run().durationNanos()).isLessThan(TimeUnit.MINUTES.toNanos(4));
    nothingIsLeft();
  }

  @Test
  void aRunWhoseRunnerIsKilledIsJudgedAndLeavesNothingBehind()
      throws IOException, InterruptedException {
    try (ToxiproxyServer server =
        ToxiproxyServer.start(ToxiproxyOptions.anywhere(new Seed(1)::stream))) {
      LinkPlan.Server links = LinkPlan.Server.of(server.url());
      judgeKilled(links);
      ProxyLeftovers proxies = new ProxyLeftovers(links.api());
      // Two ways between each two of three nodes, and one to each for clients.
      assertThat(proxies.remove(Sweep.ORPHANS)).hasSize(9);
      assertThat(proxies.find(Sweep.ALL)).isEmpty();
    }
  }

  private void judgeKilled(LinkPlan links) throws IOException, InterruptedException {
    Experiment experiment = experiment("register", Duration.ofMinutes(10), links);
    RunFolder made = make(experiment);
    Versions.with(ExperimentJson.of(experiment)).write(made.experiment());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LonelyRun.class.getName());
    command.addAll(List.of(made.path().toString(), registry().toString()));
    Path said = folder.resolve("said");
    Process runner =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      awaitHeartbeat(made.history(), runner);
    } finally {
      runner.destroyForcibly().waitFor();
    }

    RunReport report = Judging.judge(made);

    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isEqualTo(Status.INCONCLUSIVE);
    assertThat(report.history().size()).isPositive();
    assertThat(report.findings())
        .filteredOn(each -> each.checker().equals("host"))
        .extracting(RunReport.Finding::status)
        .containsExactly(Status.VALID);
    new ProcessLeftovers(registry()).remove(Sweep.ORPHANS);
    nothingIsLeft();
  }

  /// How much a short run proves depends on who leads when.
  private static void requireHealed(RunReport report) {
    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isNotEqualTo(Status.INVALID);
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .contains(RunReport.Fate.HEALED)
        .doesNotContain(RunReport.Fate.FAILED, RunReport.Fate.LASTED);
  }

  private void nothingIsLeft() throws IOException {
    assertThat(new ProcessLeftovers(registry()).find(Sweep.ALL)).isEmpty();
  }

  /// Until clients have been at work, and somebody has looked at the machine.
  private static void awaitHeartbeat(Path file, Process runner) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.exists(file)
        || Files.readString(file).lines().count() < 100
        || !Files.readString(file).contains("\"watched\"")) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
      assertThat(runner.isAlive()).as("the runner runs").isTrue();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
