package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.Adversary;
import java.time.Duration;
import java.util.List;

/// A program that checks hard histories within a few MiB, to be run with a small heap. It ends well
/// if no check is wrong, or needs much more memory than it may.
final class HardOnSmallHeap {
  static final String HEAP = "-Xmx48m";

  private static final int SIZE = 400;
  private static final SearchBudget BUDGET = new SearchBudget(Duration.ofMinutes(5), 4 << 20, 1);

  private HardOnSmallHeap() {}

  public static void main(String[] arguments) {
    for (Adversary adversary : Adversary.values()) {
      Status expected = adversary.isLinearizable() ? Status.VALID : Status.INVALID;
      History history = adversary.make(SIZE, new Seed(1));
      for (Algorithm algorithm : List.of(Algorithm.AUTO, Algorithm.FRONTIER)) {
        Status status =
            LinearizabilityChecker.of(Models.named(adversary.kind().model()))
                .within(BUDGET)
                .using(algorithm)
                .decide(history);
        if (status != expected && status != Status.UNKNOWN) {
          throw new IllegalStateException(adversary + " by " + algorithm + ": " + status);
        }
      }
    }
  }
}
