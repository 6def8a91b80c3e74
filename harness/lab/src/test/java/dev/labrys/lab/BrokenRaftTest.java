package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// A test that can't fail is no test: servers with something wrong fail those that look for it,
/// though nobody but the test looks.
final class BrokenRaftTest {
  static final List<LabTest> TESTS = LabTests.all();

  private static final LabOptions UNWATCHED =
      LabOptions.STANDARD.withScrutiny(LabOptions.Scrutiny.DEMANDS);

  /// How many seeds a mistake has until it must have been found.
  private static final int SEEDS = 12;

  @ParameterizedTest
  @FieldSource("TESTS")
  void everyTestNeedsALeader(LabTest test) {
    LabTrial trial = new LabTrial(UNWATCHED.withReplicas(Mutant.NEVER_VOTES.factory()));

    assertThat(trial.run(test, new LabSeed(1)).isPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ELECTED_BY_ITSELF, ReElection2A",
    "ELECTED_BY_ITSELF, ManyElections2A",
    "ELECTED_BY_ITSELF, FailAgree2B",
    "SAME_TIMEOUT, ManyElections2A",
    "COMMITS_WITHOUT_MAJORITY, FollowerFailure2B",
    "COMMITS_WITHOUT_MAJORITY, LeaderFailure2B",
    "COMMITS_WITHOUT_MAJORITY, FailNoAgree2B",
    "COMMITS_WITHOUT_MAJORITY, Rejoin2B",
    "COMMITS_WITHOUT_MAJORITY, Backup2B",
    "COMMITS_WITHOUT_MAJORITY, Figure82C",
    "COMMITS_WITHOUT_MAJORITY, UnreliableChurn2C",
    "COMMITS_WITHOUT_MAJORITY, OnePartition3A",
    "COMMITS_WITHOUT_MAJORITY, ManyPartitionsManyClients3A",
    "COMMITS_WITHOUT_MAJORITY, LeaderPartition4A",
    "COMMITS_WITHOUT_MAJORITY, OnePartition4B",
    "COMMITS_WITHOUT_MAJORITY, ManyPartitionsManyClients4B",
    "BACKS_UP_ONE_BY_ONE, Figure8Unreliable2C",
    "FORGETS_ITS_LOG, Persist12C",
    "FORGETS_ITS_LOG, Persist22C",
    "FORGETS_ITS_LOG, Persist32C",
    "FORGETS_ITS_LOG, Figure82C",
    "FORGETS_ITS_LOG, SnapshotAllCrash2D",
    "FORGETS_ITS_LOG, SnapshotInit2D",
    "FORGETS_ITS_LOG, PersistConcurrent3A",
    "FORGETS_ITS_LOG, RestartReplay4A",
    "FORGETS_ITS_LOG, RestartSubmit4A",
    "FORGETS_ITS_LOG, PersistConcurrentUnreliable4B",
    "FORGETS_ITS_SNAPSHOT, SnapshotInit2D",
    "FORGETS_ITS_SNAPSHOT, SnapshotRecover3B",
    "SENDS_TOO_OFTEN, RPCBytes2B",
    "SENDS_TOO_OFTEN, Count2B",
    "REPLICATES_BY_HEARTBEAT, Speed3A",
    "REPLICATES_BY_HEARTBEAT, Speed4C",
    "APPLIES_TWICE, BasicAgree2B",
    "APPLIES_TWICE, Concurrent4A",
    "KEEPS_SNAPSHOTS_TO_ITSELF, SnapshotInstall2D",
    "KEEPS_SNAPSHOTS_TO_ITSELF, SnapshotInstallUnCrash2D",
    "KEEPS_SNAPSHOTS_TO_ITSELF, SnapshotRPC3B",
    "IGNORES_SNAPSHOTS, SnapshotBasic2D",
    "IGNORES_SNAPSHOTS, SnapshotSize3B",
    "IGNORES_SNAPSHOTS, SnapshotRecoverManyClients4C",
  })
  void whatIsWrongIsFound(Mutant mutant, String test) {
    assertFound(mutant, test, List.of());
  }

  /// Who asks first whether it could win does not win with a log that is behind.
  @ParameterizedTest
  @CsvSource({
    "VOTES_FOR_ANY_LOG, Rejoin2B",
    "VOTES_FOR_ANY_LOG, Backup2B",
    "VOTES_FOR_ANY_LOG, Persist22C",
    "VOTES_FOR_ANY_LOG, Figure82C",
    "VOTES_FOR_ANY_LOG, ReliableChurn2C",
    "COMMITS_OLD_TERMS, Figure8Unreliable2C",
  })
  void whatPreVoteHidesIsFoundWithoutIt(Mutant mutant, String test) {
    assertFound(mutant, test, List.of("pre-vote=false"));
  }

  @ParameterizedTest
  @CsvSource({
    "reads=local, OnePartition3A",
    "reads=local, Concurrent4B",
    "fsync=never, PersistConcurrent3A",
    "fsync=never, RestartReplay4A",
    "heartbeat=5ms, Count2B",
    "no-op=true, BasicAgree2B",
  })
  void whatAnOptionDoesIsFound(String option, String test) {
    assertFound(Mutant.NONE, test, List.of(option));
  }

  private static void assertFound(Mutant mutant, String name, List<String> options) {
    LabTest test = LabTests.select(List.of(name)).getFirst();
    LabTrial trial =
        new LabTrial(
            UNWATCHED.withReplicas(mutant.factory()).withRaft(UNWATCHED.raft().withAll(options)));
    List<LabResult.Ending> endings = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      LabResult result = trial.run(test, new LabSeed(seed));
      if (!result.isPassed()) {
        return;
      }
      endings.add(result.ending());
    }
    assertThat(endings).as("%s by %s", name, mutant).isEmpty();
  }

  /// The course has no means to notice.
  @Test
  void whatNoTestLooksForIsFoundByInvariants() {
    LabTest test = LabTests.select(List.of("InitialElection2A")).getFirst();
    LabOptions hasty = LabOptions.STANDARD.withReplicas(Mutant.ANSWERS_BEFORE_IT_WRITES.factory());

    LabResult watched = new LabTrial(hasty).run(test, new LabSeed(1));
    LabResult unwatched =
        new LabTrial(hasty.withScrutiny(LabOptions.Scrutiny.DEMANDS)).run(test, new LabSeed(1));

    assertThat(unwatched.isPassed()).isTrue();
    assertThat(watched.ending())
        .isInstanceOfSatisfying(
            LabResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("is violated", "seed 1"));
  }

  @Test
  void aFailureTellsItsStory() {
    LabTest test = LabTests.select(List.of("FailNoAgree2B")).getFirst();
    LabTrial trial =
        new LabTrial(UNWATCHED.withReplicas(Mutant.COMMITS_WITHOUT_MAJORITY.factory()));

    LabResult result = trial.run(test, new LabSeed(1));

    assertThat(result.ending())
        .isInstanceOfSatisfying(
            LabResult.Failed.class,
            failed -> {
              assertThat(failed.story())
                  .contains("TERM", "VOTE", "LEAD", "COMMIT", "FAULT", "In the end:\n")
                  .containsPattern(" n\\d   leader +term \\d+, log 2/\\d+, committed 2, applied 2")
                  .contains("cut off");
            });
  }

  @Test
  void aFailureIsTheSameWhenItIsReplayed() {
    LabTest test = LabTests.select(List.of("Figure82C")).getFirst();
    LabTrial trial =
        new LabTrial(UNWATCHED.withReplicas(Mutant.COMMITS_WITHOUT_MAJORITY.factory()));
    List<String> log = new ArrayList<>();

    LabResult found = trial.run(test, new LabSeed(2));
    LabResult replayed =
        trial.run(test, new LabSeed(2), (_, _, topic, text) -> log.add(topic + " " + text));

    assertThat(found.isPassed()).isFalse();
    assertThat(replayed).isEqualTo(found);
    assertThat(log).isNotEmpty();
  }
}
