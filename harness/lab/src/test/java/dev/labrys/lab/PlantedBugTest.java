package dev.labrys.lab;

import static dev.labrys.cluster.sim.FaultMix.Kind.BLACKOUT;
import static dev.labrys.cluster.sim.FaultMix.Kind.CRASH;
import static dev.labrys.cluster.sim.FaultMix.Kind.CRASH_AMID;
import static dev.labrys.cluster.sim.FaultMix.Kind.CUT_CLIENTS;
import static dev.labrys.cluster.sim.FaultMix.Kind.DUPLICATION;
import static dev.labrys.cluster.sim.FaultMix.Kind.HANG_DISK;
import static dev.labrys.cluster.sim.FaultMix.Kind.ISOLATE;
import static dev.labrys.cluster.sim.FaultMix.Kind.LOSS;
import static dev.labrys.cluster.sim.FaultMix.Kind.PAUSE;
import static dev.labrys.cluster.sim.FaultMix.Kind.POWER_LOSS;
import static dev.labrys.cluster.sim.FaultMix.Kind.REORDERING;
import static dev.labrys.cluster.sim.FaultMix.Kind.SLOW_DISK;
import static dev.labrys.cluster.sim.FaultMix.Kind.SLOW_NETWORK;
import static dev.labrys.cluster.sim.FaultMix.Kind.SPLIT;
import static dev.labrys.cluster.sim.FaultMix.Kind.STALL_TIMERS;
import static dev.labrys.cluster.sim.Invariant.ANSWERS_MATCH_REQUESTS;
import static dev.labrys.cluster.sim.Invariant.APPLY_ORDER;
import static dev.labrys.cluster.sim.Invariant.COMMITMENT;
import static dev.labrys.cluster.sim.Invariant.ELECTION_SAFETY;
import static dev.labrys.cluster.sim.Invariant.EXACTLY_ONCE;
import static dev.labrys.cluster.sim.Invariant.LEADER_COMPLETENESS;
import static dev.labrys.cluster.sim.Invariant.LINEARIZABLE_READS;
import static dev.labrys.cluster.sim.Invariant.LOG_DURABILITY;
import static dev.labrys.cluster.sim.Invariant.LOG_MATCHING;
import static dev.labrys.cluster.sim.Invariant.MONOTONE_TERM;
import static dev.labrys.cluster.sim.Invariant.STATE_MACHINE_SAFETY;
import static dev.labrys.cluster.sim.Invariant.VOTE_DURABILITY;
import static dev.labrys.lab.SoakRequest.BURST;
import static dev.labrys.lab.SoakRequest.CHANGE_MEMBERSHIP;
import static dev.labrys.lab.SoakRequest.TRANSFER;

import dev.labrys.raft.Entry;
import dev.labrys.raft.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The classic mistakes, each made on purpose, and found by what is there to find it. What is right
/// survives the same runs.
final class PlantedBugTest {

  // Elections

  @Test
  void votingTwiceInATermIsFound() {
    PlantedBug.of(PlantedRules.VOTES_TWICE).isFoundWithin(10, VOTE_DURABILITY);
  }

  @Test
  void forgettingAVoteIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.ForgetsVote::new))
        .isFoundWithin(1, VOTE_DURABILITY);
  }

  @Test
  void forgettingTheTermIsFound() {
    PlantedBug.of(
            PlantedReplica.with((Stored stored) -> new PlantedFlaws.ForgetsTerm(stored.state())))
        .isFoundWithin(1, MONOTONE_TERM);
  }

  @Test
  void answeringBeforeWritingIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.AnswersFirst::new))
        .isFoundWithin(1, VOTE_DURABILITY, MONOTONE_TERM, LOG_DURABILITY);
  }

  @Test
  void electingWhoLacksEntriesIsFound() {
    PlantedBug.of(PlantedRules.NO_UP_TO_DATE_CHECK).isFoundWithin(10, LEADER_COMPLETENESS);
  }

  @Test
  void electingTheLongestLogIsFound() {
    PlantedBug.of(PlantedRules.LONGEST_LOG_WINS)
        .withOneClient()
        .with("check-quorum=false")
        .under(CRASH, ISOLATE, SPLIT)
        .wanting(BURST)
        .isFoundWithin(40, LEADER_COMPLETENESS);
  }

  @Test
  void electingByHalfIsFound() {
    PlantedBug.of(PlantedRules.HALF_ELECTS).among(4).isFoundWithin(5, ELECTION_SAFETY);
  }

  @Test
  void takingARefusalForAVoteIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.CountsRefusals::new))
        .isFoundWithin(5, ELECTION_SAFETY);
  }

  @Test
  void takingALateVoteForOneOfThisTermIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.CountsLateVotes::new))
        .under(SLOW_NETWORK, BLACKOUT)
        .isFoundWithin(60, ELECTION_SAFETY);
  }

  @Test
  void countingAVoteTwiceIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.CountsVotesTwice::new))
        .among(4)
        .under(DUPLICATION, SPLIT)
        .isFoundWithin(20, ELECTION_SAFETY);
  }

  @Test
  void leadingOnInALaterTermIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.LeadsOn::new)).isFoundWithin(5, ELECTION_SAFETY);
  }

  @Test
  void waitingAsLongAsTheOthersIsFound() {
    PlantedBug.of(PlantedRules.SAME_TIMEOUT).isFoundWithin(20, SoakVerdict.NotLive.class);
  }

  // Logs

  @Test
  void notCheckingThePreviousEntryIsFound() {
    PlantedBug.of(PlantedRules.NO_PREVIOUS_CHECK).isFoundWithin(10, LOG_MATCHING, LOG_DURABILITY);
  }

  @Test
  void truncatingWithoutAConflictIsFound() {
    PlantedBug.of(PlantedRules.TRUNCATES_ALWAYS)
        .under(REORDERING, DUPLICATION)
        .isFoundWithin(10, LOG_DURABILITY, COMMITMENT);
  }

  @Test
  void keepingAConflictIsFound() {
    PlantedBug.of(PlantedRules.TRUNCATES_NEVER).isFoundWithin(10, LOG_DURABILITY);
  }

  @Test
  void takingAnyAcceptanceForAllIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.TakesAcceptanceForAll::new))
        .isFoundWithin(10, COMMITMENT);
  }

  @Test
  void notStoringTheLogIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.ForgetsLog::new))
        .isFoundWithin(1, LOG_DURABILITY);
  }

  @Test
  void truncatingMemoryAloneIsFound() {
    PlantedBug.of(
            PlantedReplica.with(
                (Stored stored) -> new PlantedFlaws.TruncatesMemoryOnly(last(stored))))
        .isFoundWithin(10, LOG_DURABILITY);
  }

  private static long last(Stored stored) {
    List<Entry> entries = stored.entries();
    return entries.isEmpty() ? stored.snapshot().last().index() : entries.getLast().index();
  }

  @Test
  void notWaitingForTheDiskIsFound() {
    PlantedBug.ofOptions("fsync=never")
        .under(POWER_LOSS, BLACKOUT)
        .isFoundWithin(5, VOTE_DURABILITY, MONOTONE_TERM, LOG_DURABILITY);
  }

  // Commitment

  @Test
  void committingWhatAMinorityHasIsFound() {
    PlantedBug.of(PlantedRules.MINORITY_COMMITS).isFoundWithin(5, COMMITMENT);
  }

  @Test
  void committingWhatIsNotVerifiedIsFound() {
    PlantedBug.of(PlantedReplica.ruledBy(PlantedRules::commitsUnverified))
        .wanting(BURST)
        .isFoundWithin(20, STATE_MACHINE_SAFETY);
  }

  @Test
  void aLeaderThatCountsItselfBeforeItHasStoredIsFound() {
    PlantedBug.of(PlantedReplica.hasty()).under(SLOW_DISK, HANG_DISK).isFoundWithin(10, COMMITMENT);
  }

  @Test
  void applyingTwiceIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.AppliesTwice::new))
        .isFoundWithin(2, APPLY_ORDER);
  }

  @Test
  void leavingOutAnEntryIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.SkipsEntries::new))
        .isFoundWithin(2, APPLY_ORDER);
  }

  // Reads

  @Test
  void readingBeforeOneKnowsWhatIsCommittedIsFound() {
    PlantedBug.of(PlantedRules.READS_EARLY)
        .under(CRASH, ISOLATE, SLOW_NETWORK)
        .wanting(TRANSFER, BURST)
        .isFoundWithin(20, LINEARIZABLE_READS);
  }

  @Test
  void aLeaseThatIsTooLongIsFound() {
    PlantedBug.of(PlantedRules.LONG_LEASE)
        .with("reads=lease", "check-quorum=true")
        .under(PAUSE, ISOLATE, STALL_TIMERS)
        .isFoundWithin(10, LINEARIZABLE_READS);
  }

  @Test
  void readingAtOnceIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.AnswersReadsAtOnce::new))
        .isFoundWithin(20, LINEARIZABLE_READS);
  }

  @Test
  void staleAnswersAreFoundByTheirHistory() {
    PlantedBug.ofOptions("reads=local").isFoundWithin(5, SoakVerdict.NotLinearizable.class);
  }

  // Snapshots

  @Test
  void startingWithoutTheSnapshotIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.ForgetsSnapshot::new))
        .with("snapshot-entries=20")
        .under(CRASH, POWER_LOSS, CRASH_AMID)
        .isFoundWithin(5, STATE_MACHINE_SAFETY);
  }

  @Test
  void keepingAnySuffixOfASnapshotIsFound() {
    PlantedBug.of(PlantedRules.KEEPS_ANY_SUFFIX)
        .withOneClient()
        .with("snapshot-entries=5", "check-quorum=false")
        .wanting(BURST)
        .isFoundWithin(5, LOG_DURABILITY);
  }

  @Test
  void droppingWhatIsNewerThanASnapshotIsFound() {
    PlantedBug.of(PlantedRules.DROPS_SUFFIX)
        .with("snapshot-entries=5")
        .under(REORDERING, ISOLATE, PAUSE)
        .isFoundWithin(100, LOG_DURABILITY);
  }

  // Membership

  @Test
  void beingElectedByTheNewClusterAloneIsFound() {
    PlantedBug.of(PlantedRules.NEW_CLUSTER_ELECTS)
        .with("check-quorum=true")
        .wanting(CHANGE_MEMBERSHIP)
        .isFoundWithin(20, ELECTION_SAFETY);
  }

  @Test
  void committingByTheNewClusterAloneIsFound() {
    PlantedBug.of(PlantedRules.NEW_CLUSTER_COMMITS)
        .with("check-quorum=true")
        .wanting(CHANGE_MEMBERSHIP)
        .isFoundWithin(20, COMMITMENT);
  }

  @Test
  void countingLearnersIsFound() {
    PlantedBug.of(PlantedRules.LEARNERS_COUNT)
        .with("check-quorum=true")
        .wanting(CHANGE_MEMBERSHIP)
        .isFoundWithin(20, COMMITMENT);
  }

  // Sessions

  @Test
  void executingEveryCopyIsFound() {
    PlantedBug.ofSessions(PlantedSessions::withoutMemory)
        .under(LOSS, CUT_CLIENTS, ISOLATE)
        .isFoundWithin(10, EXACTLY_ONCE);
  }

  @Test
  void forgettingWhatWasExecutedInSnapshotsIsFound() {
    PlantedBug.ofSessions(PlantedSessions::withMemoryOutsideSnapshots)
        .with("snapshot-entries=5")
        .under(CRASH, POWER_LOSS, CUT_CLIENTS, ISOLATE)
        .isFoundWithin(20, EXACTLY_ONCE);
  }

  @Test
  void answeringWhateverGotToAnIndexIsFound() {
    PlantedBug.of(PlantedReplica.with(PlantedFlaws.WaitsForIndex::new))
        .isFoundWithin(20, ANSWERS_MATCH_REQUESTS);
  }
}
