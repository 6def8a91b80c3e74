package dev.labrys.lab;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Many runs of many tests, on several threads, with one outcome whatever their number.
///
/// Every run has a seed of its own, made from that of the suite, so no run depends on another. Runs
/// are begun in order: the first of each test, then the second of each. After a failure none is
/// begun that comes later, and those that were begun already don't count.
public final class LabSuite {
  private final Plan plan;
  private final Trial trial;
  private final Listener listener;
  private final Map<LabTest, Score> scores = new LinkedHashMap<>();
  private final List<Failure> failures = new ArrayList<>();

  /// Results that an earlier run has to come before, by job.
  private final Map<Integer, LabResult> early = new HashMap<>();

  private int begun;
  private int counted;
  private int end;
  private @Nullable Throwable trouble;

  /// What to run.
  ///
  /// @param runs of each test
  /// @param workers how many runs are under way at the same time
  public record Plan(
      List<LabTest> tests, int runs, Seed root, int workers, AfterFailure afterFailure) {
    private static final int MOST_RUNS = 1_000_000_000;

    public Plan {
      tests = List.copyOf(tests);
      if (tests.isEmpty()) {
        throw new IllegalArgumentException("a suite needs tests");
      }
      if (runs < 1 || (long) runs * tests.size() > MOST_RUNS) {
        throw new IllegalArgumentException(
            "a suite has from 1 to %,d runs of all tests together, not %d of %d tests"
                .formatted(MOST_RUNS, runs, tests.size()));
      }
      if (workers < 1) {
        throw new IllegalArgumentException("runs need at least 1 worker, not " + workers);
      }
    }

    /// How many runs there are in all.
    public int size() {
      return runs * tests.size();
    }

    LabTest test(int job) {
      return tests.get(job % tests.size());
    }

    int run(int job) {
      return job / tests.size() + 1;
    }
  }

  /// What to do after a failure.
  public enum AfterFailure {
    /// Finish what comes before it, and end.
    STOP,
    GO_ON
  }

  /// Runs a test once.
  @FunctionalInterface
  public interface Trial {
    LabResult run(LabTest test, LabSeed seed);
  }

  /// Is told of the runs that count, one at a time, in their order.
  public interface Listener {

    /// One more run of a test has ended.
    ///
    /// @param score of that test, this run included
    void counted(Score score);

    /// It failed.
    void failed(Failure failure);
  }

  /// What became of all runs.
  ///
  /// @param scores one for each test, in the order of the plan
  /// @param failures in the order of the runs
  public record Outcome(List<Score> scores, List<Failure> failures) {
    public Outcome {
      scores = List.copyOf(scores);
      failures = List.copyOf(failures);
    }

    public long runs() {
      return scores.stream().mapToLong(Score::runs).sum();
    }
  }

  /// A run that failed.
  ///
  /// @param run its number among those of its test, from 1
  public record Failure(int run, LabResult result, LabResult.Failed ending) {}

  private LabSuite(Plan plan, Trial trial, Listener listener) {
    this.plan = plan;
    this.trial = trial;
    this.listener = listener;
    this.end = plan.size();
    plan.tests().forEach(test -> scores.put(test, Score.none(test)));
  }

  /// Runs all of `plan`, or up to the first failure.
  ///
  /// @throws InterruptedException if this thread is interrupted; runs under way are left to end by
  ///   themselves
  public static Outcome run(Plan plan, Trial trial, Listener listener) throws InterruptedException {
    LabSuite suite = new LabSuite(plan, trial, listener);
    suite.work();
    return new Outcome(List.copyOf(suite.scores.values()), suite.failures);
  }

  private void work() throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 1; i <= Math.min(plan.workers(), plan.size()); i++) {
      workers.add(Thread.ofPlatform().name("labrys-lab-" + i).daemon().start(this::runAll));
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      stopAt(0);
    }
    Throwable wrong = trouble();
    if (wrong != null) {
      throw new IllegalStateException("a run can't be judged: " + wrong, wrong);
    }
  }

  private void runAll() {
    try {
      for (int job = next(); job >= 0; job = next()) {
        LabTest test = plan.test(job);
        add(job, trial.run(test, LabSeed.of(plan.root(), test, plan.run(job))));
      }
    } catch (RuntimeException | Error wrong) {
      giveUp(wrong);
    }
  }

  private synchronized int next() {
    return begun < end ? begun++ : -1;
  }

  private synchronized void add(int job, LabResult result) {
    if (!result.isPassed() && plan.afterFailure() == AfterFailure.STOP) {
      stopAt(job + 1);
    }
    early.put(job, result);
    for (LabResult next = early.remove(counted); next != null; next = early.remove(counted)) {
      if (counted < end) {
        count(next);
      }
      counted++;
    }
  }

  private void count(LabResult result) {
    Score score = scores.getOrDefault(result.test(), Score.none(result.test())).plus(result);
    scores.put(result.test(), score);
    listener.counted(score);
    if (result.ending() instanceof LabResult.Failed ending) {
      Failure failure = new Failure(plan.run(counted), result, ending);
      failures.add(failure);
      listener.failed(failure);
    }
  }

  private synchronized void giveUp(Throwable wrong) {
    trouble = trouble == null ? wrong : trouble;
    stopAt(0);
  }

  private synchronized void stopAt(int job) {
    end = Math.min(end, job);
  }

  private synchronized @Nullable Throwable trouble() {
    return trouble;
  }
}
