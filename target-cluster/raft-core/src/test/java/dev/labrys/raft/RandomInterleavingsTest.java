package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Message.AppendEntries;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Small clusters to which anything may happen keep what Raft promises: nothing bad happens
/// meanwhile, and good things happen again afterwards. That the watch sees what is bad is tested
/// with rules that are wrong.
final class RandomInterleavingsTest {
  private static final int RUNS = 3_000;

  /// Enough to find even Figure 8, which takes a long series of misfortunes.
  private static final int RUNS_WITH_WRONG_RULES = 30_000;

  private static final int MOST_STEPS = 3_000;

  @Test
  void nothingBadHappensAndGoodThingsHappenAgain() {
    Map<String, Integer> counts = new TreeMap<>();

    Property.forAll(RUNS, (random, size) -> run(Rules.RAFT, random, size, counts));

    if (Long.getLong("property.seed") == null) {
      for (String often :
          List.of("LEADER", "applied Command", "applied Membership", "read", "restored", "done")) {
        assertThat(counts.get(often)).as(often).isGreaterThan(1_000);
      }
    }
  }

  /// Nor does it matter that servers are told many things at once.
  @Test
  void thingsMayComeTogether() {
    Map<String, Integer> counts = new TreeMap<>();

    Property.forAll(
        RUNS, (random, size) -> run(Rules.RAFT, random, size, random.nextInt(2, 6), counts));

    if (Long.getLong("property.seed") == null) {
      for (String often : List.of("LEADER", "applied Command", "applied Membership", "read")) {
        assertThat(counts.get(often)).as(often).isGreaterThan(1_000);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> aRuleThatIsWrongIsNoticed() {
    Map<String, Rules> wrong = new TreeMap<>();
    wrong.put("votes for anybody who asks", votesForAnybody());
    wrong.put("votes for worse logs", votesForWorseLogs());
    wrong.put("needs no majority to lead", electsWithoutMajority());
    wrong.put("appends after anything", appendsAfterAnything());
    wrong.put("counts copies of earlier terms", countsCopiesOfEarlierTerms());
    wrong.put("counts half as a majority", commitsWithHalf());
    wrong.put("commits whatever the leader has", commitsWhatTheLeaderHas());
    wrong.put("keeps what follows another entry", keepsAnySuffix());
    wrong.put("reads before it knows what is committed", readsTooEarly());
    wrong.put("deletes what a late message does not have", deletesAlways());
    return wrong.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> assertNoticed(each.getValue())));
  }

  private static void assertNoticed(Rules rules) {
    assertThatThrownBy(() ->
            Property.forAll(
                RUNS_WITH_WRONG_RULES, (random, size) -> run(rules, random, size, new TreeMap<>())))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("falsified: -Dproperty.seed=");
  }

  private static Rules votesForAnybody() {
    return new Rules() {
      @Override
      public boolean grantsVote(
          HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
        return candidateLast.compareTo(myLast) >= 0;
      }
    };
  }

  private static Rules votesForWorseLogs() {
    return new Rules() {
      @Override
      public boolean grantsVote(
          HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
        return Rules.super.grantsVote(mine, LogPosition.ZERO, candidate, candidateLast);
      }
    };
  }

  private static Rules electsWithoutMajority() {
    return new Rules() {
      @Override
      public boolean isElected(Configuration configuration, Predicate<ServerId> hasVotedForMe) {
        return configuration.members().stream().anyMatch(hasVotedForMe);
      }
    };
  }

  private static Rules appendsAfterAnything() {
    return new Rules() {
      @Override
      public boolean hasPrevious(LogView log, LogPosition previous) {
        return previous.index() <= log.last().index();
      }
    };
  }

  private static Rules countsCopiesOfEarlierTerms() {
    return new Rules() {
      @Override
      public long leaderCommit(long commitIndex, long replicated, LogView log, long term) {
        return Math.max(commitIndex, replicated);
      }
    };
  }

  private static Rules commitsWithHalf() {
    return new Rules() {
      @Override
      public long replicated(Configuration configuration, ToLongFunction<ServerId> matchIndex) {
        List<Long> numbers =
            configuration.voters().stream().map(matchIndex::applyAsLong).sorted().toList();
        return numbers.get(numbers.size() / 2);
      }
    };
  }

  private static Rules commitsWhatTheLeaderHas() {
    return new Rules() {
      @Override
      public long followerCommit(long commitIndex, AppendEntries message) {
        return Math.max(commitIndex, message.commitIndex());
      }
    };
  }

  private static Rules keepsAnySuffix() {
    return new Rules() {
      @Override
      public boolean keepsSuffix(LogView log, LogPosition snapshot) {
        return snapshot.index() <= log.last().index();
      }
    };
  }

  private static Rules readsTooEarly() {
    return new Rules() {
      @Override
      public boolean knowsCommitted(LogView log, long commitIndex, long term) {
        return true;
      }
    };
  }

  private static Rules deletesAlways() {
    return new Rules() {
      @Override
      public long firstToWrite(LogView log, List<Entry> entries) {
        return entries.isEmpty() ? log.last().index() + 1 : entries.getFirst().index();
      }
    };
  }

  private static void run(
      Rules rules, RandomGenerator random, int size, Map<String, Integer> counts) {
    run(rules, random, size, 1, counts);
  }

  /// @param together how many things a server is told at once
  private static void run(
      Rules rules, RandomGenerator random, int size, int together, Map<String, Integer> counts) {
    int servers = random.nextInt(1, 6);
    int members = random.nextBoolean() ? servers : random.nextInt(1, servers + 1);
    RandomCluster cluster = new RandomCluster(random, options(random), rules, servers, members);
    cluster.gather(together);

    try {
      cluster.rage(Math.min(MOST_STEPS, 20 * size));
      cluster.calmDown();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          failure.getMessage() + " after\n" + String.join("\n", cluster.events()), failure);
    }
    cluster.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
  }

  /// Small batches and pieces, so that there are many.
  private static RaftOptions options(RandomGenerator random) {
    String reads = List.of("index", "lease", "log").get(random.nextInt(3));
    boolean hasNoop = !reads.equals("log") || random.nextBoolean();
    boolean hasCheckQuorum = reads.equals("lease") || random.nextBoolean();
    return RaftOptions.parse(
        List.of(
            "reads=" + reads,
            "no-op=" + hasNoop,
            "check-quorum=" + hasCheckQuorum,
            "pre-vote=" + random.nextBoolean(),
            "batch-entries=" + random.nextInt(1, 4),
            "pipeline=" + random.nextInt(1, 5),
            "snapshot-chunk=" + random.nextInt(1, 30),
            "waiting-requests=" + random.nextInt(1, 20)));
  }
}
