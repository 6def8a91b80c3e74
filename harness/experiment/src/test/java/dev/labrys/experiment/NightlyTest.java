package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Status;
import dev.labrys.cluster.Client;
import dev.labrys.nemesis.MenaceKind;
import dev.labrys.report.RunReport;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Every workload under several kinds of trouble, and every kind of trouble under several
/// workloads, on real clusters: a good Raft is valid under all of them.
///
/// That takes a quarter of an hour, so it has to be asked for, with `-Dnightly=processes` or
/// `-Dnightly=containers`. `-Dnightly.only=stall` takes those with that in their name. All runs are
/// kept in `target/nightly`.
@EnabledIfSystemProperty(named = "nightly", matches = "processes|containers")
final class NightlyTest {
  private static final Path RUNS = Path.of("target", "nightly");

  /// Which kinds of trouble a workload meets, counted from its own place: with these, each kind is
  /// met by five workloads at least.
  private static final List<Integer> STEPS = List.of(0, 5, 10, 2);

  /// Containers take longer to start.
  private static final List<Integer> FEWER_STEPS = List.of(0);

  /// A short run may happen to show little; one that shows nothing three times is no pass.
  private static final int TRIES = 3;

  private static final List<String> LINES = new ArrayList<>();

  private static Deployment deployment() {
    return ExperimentJson.constant(Deployment.values(), System.getProperty("nightly", ""));
  }

  @TestFactory
  List<DynamicTest> aGoodRaftIsValid() {
    List<MenaceKind> kinds = List.of(MenaceKind.values());
    List<String> workloads = Workloads.names();
    List<DynamicTest> tests = new ArrayList<>();
    for (int place = 0; place < workloads.size(); place++) {
      for (int step : deployment() == Deployment.PROCESSES ? STEPS : FEWER_STEPS) {
        String workload = workloads.get(place);
        MenaceKind kind = kinds.get((place + step) % kinds.size());
        long seed = (long) TRIES * tests.size();
        tests.add(
            DynamicTest.dynamicTest(
                "%s, %s".formatted(workload, kind), () -> test(workload, kind, seed)));
      }
    }
    String only = System.getProperty("nightly.only", "");
    return tests.stream().filter(test -> test.getDisplayName().contains(only)).toList();
  }

  /// @param seed the first of as many as there are tries
  private static void test(String workload, MenaceKind kind, long seed) throws IOException {
    Status status = Status.VACUOUS;
    for (int number = 0; number < TRIES && mayBeBetter(status); number++) {
      RunReport report = perform(experiment(workload, kind, seed + number));
      status = report.conclusion().status();
      LINES.add(line(report, kind));
    }
    assertThat(status).as("%s", LINES.getLast()).isEqualTo(Status.VALID);
  }

  /// What was found to be wrong stays wrong.
  private static boolean mayBeBetter(Status status) {
    return status == Status.VACUOUS || status == Status.INCONCLUSIVE;
  }

  private static RunReport perform(Experiment experiment) throws IOException {
    try {
      Run.check(experiment);
    } catch (UnsupportedOperationException impossible) {
      return Assumptions.abort(String.valueOf(impossible.getMessage()));
    }
    RunFolder folder = RunFolder.create(RUNS, experiment.name(), Instant.now());
    return Run.of(experiment, folder, RUNS.resolve("registry")).perform();
  }

  private static Experiment experiment(String workload, MenaceKind kind, long seed) {
    return new Experiment(
        workload + "-" + kind,
        seed,
        new Experiment.ClusterPlan("labrys-raft", deployment(), 3, List.of()),
        new Experiment.Load(
            workload,
            6,
            200,
            Duration.ofSeconds(workload.equals("mixed") ? 20 : 7),
            Duration.ofSeconds(2),
            Client.Habit.OWN_NODE),
        new Experiment.Trouble(
            kind + ":interval=300ms,duration=500ms..1500ms", "", Duration.ofSeconds(10)));
  }

  private static String line(RunReport report, MenaceKind kind) {
    Map<RunReport.Fate, Integer> fates = new TreeMap<>();
    report.faults().forEach(fault -> fates.merge(fault.fate(), 1, Integer::sum));
    return "%-16s %-10s %5s  %-12s %6d operations, faults %s%s"
        .formatted(
            report.run().workload(),
            kind,
            report.run().seed(),
            report.conclusion().status(),
            report.history().size(),
            fates,
            report.conclusion().status() == Status.VALID
                ? ""
                : "; " + report.conclusion().reasons());
  }

  @AfterAll
  static void show() {
    System.out.println(String.join("\n", LINES));
  }
}
