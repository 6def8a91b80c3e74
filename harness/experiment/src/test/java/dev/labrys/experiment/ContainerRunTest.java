package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.labrys.checker.Status;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.container.ContainerLeftovers;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.report.RunReport;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.images.builder.ImageFromDockerfile;

/// A whole run in containers. Without an engine it is skipped, saying why, or fails with
/// `-Dcontainers=required`.
@Timeout(600)
final class ContainerRunTest {
  @TempDir private Path folder;

  private static Engine engine() throws IOException {
    try {
      Engine.probe();
    } catch (ContainersUnavailable reason) {
      if ("required".equals(System.getProperty("containers"))) {
        throw reason;
      }
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
    return Engine.find();
  }

  /// Ours, as the real one can't be had everywhere; it takes the same options.
  @Test
  void proxiesMayBeInAContainerAsWell() throws IOException {
    Engine engine = engine();
    String base = "localhost/labrys-toxiproxy-classes:test";
    new ImageBuild(engine)
        .ensure(
            base,
            ImageBuild.LOCAL_BASE,
            Stream.of(LonelyToxiproxy.class, ToxiproxyServer.class, JsonFactory.class)
                .map(ContainerRunTest::place)
                .toList());
    String image =
        new ImageFromDockerfile("localhost/labrys-toxiproxy:test", false)
            .withFileFromString(
                "Dockerfile",
                "FROM %s%nENTRYPOINT [\"java\", \"%s\"]%n"
                    .formatted(base, LonelyToxiproxy.class.getName()))
            .get();
    LinkPlan links = LinkPlan.parse("container:" + image);
    Experiment experiment =
        new Experiment(
            "register",
            9,
            new Experiment.ClusterPlan("labrys-raft", Deployment.PROCESSES, 3, List.of())
                .with(links),
            new Experiment.Load(
                "register",
                6,
                200,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Client.Habit.OWN_NODE),
            new Experiment.Trouble(
                "", "1s..4s isolate:target=n1,direction=both", Duration.ofSeconds(20)));
    RunFolder made = RunFolder.create(folder, experiment.name(), Instant.now());

    RunReport report = Run.of(experiment, made, folder.resolve("registry")).perform();

    // Whoever leads may be another, so that the run shows little; that it is cut off and heard
    // again
    // is what is asked here.
    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isNotEqualTo(Status.INVALID);
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .containsExactly(RunReport.Fate.HEALED);
    assertThat(new ContainerLeftovers(engine).find(Sweep.ALL)).isEmpty();
  }

  private static Path place(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /// Of the etcd of this machine; skipped, saying why, where there is none.
  @Test
  void etcdRunsInContainersAsWell() throws IOException {
    engine();
    Experiment experiment =
        new Experiment(
            "register",
            10,
            new Experiment.ClusterPlan("etcd", Deployment.CONTAINERS, 3, List.of()),
            new Experiment.Load(
                "register",
                6,
                200,
                Duration.ofSeconds(8),
                Duration.ofSeconds(2),
                Client.Habit.OWN_NODE),
            new Experiment.Trouble(
                "", "500ms..2s isolate:target=n1,direction=both", Duration.ofSeconds(20)));
    try {
      Run.check(experiment);
    } catch (SystemMissingException missing) {
      Assumptions.abort(String.valueOf(missing.getMessage()));
    }
    RunFolder made = RunFolder.create(folder, experiment.name(), Instant.now());

    RunReport report = Run.of(experiment, made, folder.resolve("registry")).perform();

    assertThat(report.conclusion().status())
        .as("%s", report.conclusion())
        .isNotEqualTo(Status.INVALID);
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .containsExactly(RunReport.Fate.HEALED);
    assertThat(report.nodes()).allSatisfy(node -> assertThat(node.log()).isNotEmpty());
  }

  @Test
  void aGoodRaftIsValidAndLeavesNothingBehind() throws IOException {
    Engine engine = engine();
    Experiment experiment =
        new Experiment(
            "mixed",
            8,
            new Experiment.ClusterPlan("labrys-raft", Deployment.CONTAINERS, 3, List.of()),
            new Experiment.Load(
                "mixed",
                6,
                200,
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Client.Habit.OWN_NODE),
            new Experiment.Trouble(
                "",
                """
                1s..3s  isolate:target=leader,direction=both
                2s..4s  pause:target=n2
                4s..5s  kill:target=leader
                """,
                Duration.ofSeconds(20)));
    RunFolder made = RunFolder.create(folder, experiment.name(), Instant.now());

    RunReport report = Run.of(experiment, made, folder.resolve("registry")).perform();

    assertThat(report.conclusion().status()).as("%s", report.conclusion()).isEqualTo(Status.VALID);
    assertThat(report.faults())
        .extracting(RunReport.Fault::fate)
        .contains(RunReport.Fate.HEALED)
        .doesNotContain(RunReport.Fate.FAILED, RunReport.Fate.LASTED);
    assertThat(report.nodes()).allSatisfy(node -> assertThat(node.log()).isNotEmpty());
    assertThat(new ContainerLeftovers(engine).find(Sweep.ALL)).isEmpty();
  }
}
