package dev.labrys.repro;

import dev.labrys.history.Seed;
import dev.labrys.lab.LabOptions;
import dev.labrys.lab.LabResult;
import dev.labrys.lab.LabSuite;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.LabTests;
import dev.labrys.lab.LabTrial;
import dev.labrys.lab.Score;
import java.util.ArrayList;
import java.util.List;

/// How often the sleep stall strikes: runs of the labs' own tests that fail although the Raft is
/// right, over how rare and how long late sleeps are. In simulation.
///
/// @param cells in the order of the plan
public record StallRates(List<Cell> cells) {

  /// Tests that start each command once, on servers that all hear each other.
  public static final List<String> TESTS = List.of("BasicAgree2B", "RPCBytes2B");

  public StallRates {
    cells = List.copyOf(cells);
  }

  /// What is measured.
  ///
  /// @param oneOf how rare late sleeps are: one of so many
  /// @param lengths by how much they are late, in nanoseconds
  /// @param runs of all tests together, for each pair of these
  public record Plan(
      List<String> tests, List<Long> oneOf, List<Long> lengths, int runs, int workers, Seed seed) {
    public Plan {
      tests = List.copyOf(tests);
      oneOf = List.copyOf(oneOf);
      lengths = List.copyOf(lengths);
    }
  }

  /// Runs whose sleeps are late as often and by as much as said.
  ///
  /// @param example how one of the failures was worded; empty if there was none
  public record Cell(long oneOf, long nanos, Rate failed, String example) {}

  /// Measures it.
  ///
  /// @throws InterruptedException if this thread is interrupted
  public static StallRates measure(Plan plan) throws InterruptedException {
    List<Cell> cells = new ArrayList<>();
    for (long oneOf : plan.oneOf()) {
      for (long nanos : plan.lengths()) {
        cells.add(measure(plan, oneOf, nanos));
      }
    }
    return new StallRates(cells);
  }

  private static Cell measure(Plan plan, long oneOf, long nanos) throws InterruptedException {
    List<LabTest> tests = LabTests.select(plan.tests());
    LabOptions options =
        LabOptions.STANDARD
            .withRaft(LabOptions.STANDARD.raft().withAll(Cure.NONE.options()))
            .withReplicas(
                LateTimers.of(LabOptions.STANDARD.replicas(), LateSleeps.rarely(oneOf, nanos)))
            .withScrutiny(LabOptions.Scrutiny.DEMANDS);
    LabSuite.Outcome outcome =
        LabSuite.run(
            new LabSuite.Plan(
                tests,
                Math.ceilDiv(plan.runs(), tests.size()),
                plan.seed(),
                plan.workers(),
                LabSuite.AfterFailure.GO_ON),
            new LabTrial(options),
            new Silence());
    String example =
        outcome.failures().isEmpty() ? "" : outcome.failures().getFirst().ending().reason();
    return new Cell(oneOf, nanos, new Rate(outcome.failures().size(), outcome.runs()), example);
  }

  /// Listens to nothing.
  private static final class Silence implements LabSuite.Listener {
    @Override
    public void counted(Score score) {}

    @Override
    public void failed(LabSuite.Failure failure) {
      if (!(failure.result().ending() instanceof LabResult.Failed)) {
        throw new IllegalStateException("a failure that is none: " + failure);
      }
    }
  }
}
