package dev.labrys.checker.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.labrys.checker.Algorithm;
import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ConsensusTest {
  private static final Value NO_KEY = Value.nil();

  @Test
  void whoProposesTogetherMustAgree() {
    Recorder recorder = Recorder.inMemory(() -> 0);
    recorder.invoke(0, "propose", NO_KEY, Value.of("a"));
    recorder.invoke(1, "propose", NO_KEY, Value.of("b"));
    recorder.ok(0, Value.of("a"));
    recorder.ok(1, Value.of("b"));

    Verdict verdict = LinearizabilityChecker.of(new Consensus()).check(recorder.history());

    assertInstanceOf(Verdict.Invalid.class, verdict);
  }

  @Test
  void hintsChangeNoVerdict() {
    RandomGenerator random = new Seed(1).stream("consensus");
    Set<Status> seen = EnumSet.noneOf(Status.class);
    for (int i = 0; i < 2000; i++) {
      History history = anything(random);
      Status plain = LinearizabilityChecker.of(new Consensus()).decide(history);
      for (Algorithm algorithm : Set.of(Algorithm.DEPTH_FIRST, Algorithm.FRONTIER)) {
        LinearizabilityChecker hinted =
            LinearizabilityChecker.of(new HintedConsensus()).using(algorithm);
        assertEquals(plain, hinted.decide(history), history::toString);
      }
      seen.add(plain);
    }
    assertEquals(EnumSet.of(Status.VALID, Status.INVALID), seen);
  }

  /// Two or three proposals, overlapping or not, each answered in any way or not at all.
  private static History anything(RandomGenerator random) {
    Recorder recorder = Recorder.inMemory(() -> 0);
    int proposals = random.nextInt(2, 4);
    boolean overlap = random.nextBoolean();
    for (int process = 0; process < proposals; process++) {
      recorder.invoke(process, "propose", NO_KEY, Value.of(process));
      if (!overlap) {
        answer(recorder, process, random);
      }
    }
    for (int process = 0; overlap && process < proposals; process++) {
      answer(recorder, process, random);
    }
    return recorder.history();
  }

  private static void answer(Recorder recorder, int process, RandomGenerator random) {
    if (random.nextInt(5) == 0) {
      recorder.unknown(process);
    } else {
      recorder.ok(process, Value.of(random.nextInt(3)));
    }
  }
}
