package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.Adversary;
import java.time.Duration;

/// A program that checks every hard history within a few MiB, to be run with a small heap: it ends
/// well if no check needs much more than it may.
final class HardOnSmallHeap {
  private static final int[] SIZES = {60, 500};

  private HardOnSmallHeap() {}

  public static void main(String[] arguments) {
    SearchBudget budget = new SearchBudget(Duration.ofSeconds(20), 4 << 20, 1);
    for (Adversary adversary : Adversary.values()) {
      Status expected = adversary.isLinearizable() ? Status.VALID : Status.INVALID;
      for (int size : SIZES) {
        History history = adversary.make(size, new Seed(size));
        for (Algorithm algorithm : Algorithm.values()) {
          long start = System.nanoTime();
          Status status =
              LinearizabilityChecker.of(Models.named(adversary.kind().model()))
                  .within(budget)
                  .using(algorithm)
                  .decide(history);
          System.out.println(
              adversary
                  + " "
                  + size
                  + " "
                  + algorithm
                  + " "
                  + status
                  + " "
                  + (System.nanoTime() - start) / 1000000
                  + " ms");
          if (status != expected && status != Status.UNKNOWN) {
            throw new IllegalStateException(
                "%s of size %d, %s: %s".formatted(adversary, size, algorithm, status));
          }
        }
      }
    }
  }
}
