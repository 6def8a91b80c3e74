package dev.labrys.lab;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Many soak runs, several at a time, with one outcome whatever their number.
///
/// The runs have the seeds from a first one on, so that a part of them can be repeated.
public final class SoakSeries {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_RUNS = 10_000_000;

  private final long firstSeed;
  private final int runs;
  private final SoakSubject subject;
  private final Consumer<SoakResult> listener;

  /// Results that an earlier run has to come before.
  private final TreeMap<Integer, SoakResult> early = new TreeMap<>();

  private SoakSummary summary = SoakSummary.NONE;
  private int begun;
  private int counted;

  private SoakSeries(long firstSeed, int runs, SoakSubject subject, Consumer<SoakResult> listener) {
    this.firstSeed = firstSeed;
    this.runs = runs;
    this.subject = subject;
    this.listener = listener;
  }

  /// Raft, for at least `seconds` of simulated faults, with `parallelism` runs at a time.
  ///
  /// @param listener told of each run, in the order of the seeds
  public static SoakSummary run(
      Seed first, long seconds, int parallelism, Consumer<SoakResult> listener) {
    int runs = runs(first, seconds);
    return new SoakSeries(first.number(), runs, SoakSubject.RAFT, listener).run(parallelism);
  }

  /// How many runs from `first` on have faults for so long.
  private static int runs(Seed first, long seconds) {
    int runs = 0;
    long left = seconds;
    while (left > 0 && runs < MOST_RUNS) {
      left -= SoakPlan.draw(new Seed(first.number() + runs)).durationNanos() / SECOND;
      runs++;
    }
    return runs;
  }

  private SoakSummary run(int parallelism) {
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(parallelism, Thread.ofPlatform().name("soak-", 1).factory())) {
      for (int i = 0; i < parallelism; i++) {
        workers.add(threads.submit(this::work));
      }
    }
    workers.forEach(SoakSeries::requireDone);
    return summary;
  }

  private static void requireDone(Future<?> worker) {
    try {
      worker.get();
    } catch (ExecutionException thrown) {
      throw new IllegalStateException("a soak run could not be ended", thrown.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("soak runs were interrupted", interrupted);
    }
  }

  private void work() {
    for (int run = next(); run < runs; run = next()) {
      Seed seed = new Seed(firstSeed + run);
      count(run, Soak.run(seed, SoakPlan.draw(seed), subject));
    }
  }

  private synchronized int next() {
    return begun++;
  }

  private synchronized void count(int run, SoakResult result) {
    early.put(run, result);
    while (!early.isEmpty() && early.firstKey() == counted) {
      SoakResult inOrder = early.pollFirstEntry().getValue();
      counted++;
      summary = summary.plus(inOrder);
      listener.accept(inOrder);
    }
  }
}
