package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.InvariantScript.assertViolated;
import static dev.labrys.cluster.sim.InvariantScript.entry;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each invariant of commitment and of state machines both ways: what breaks it, and the nearest
/// thing that is allowed.
final class CommitInvariantsTest {
  private static final Entry A1 = entry(1, 1);
  private static final Entry A2 = entry(2, 1);
  private static final Entry B2 = entry(2, 2);
  private static final Entry C3 = entry(3, 3);

  private final InvariantScript script = new InvariantScript(3);

  /// Entry 1 is committed by server 1 in term 1, and on the disks of 1 and 2.
  private InvariantScript committed() {
    return script.elect(1, 1, 2).append(1, A1).append(2, A1).commit(1, 1);
  }

  @Test
  void aLaterLeaderHasWhatIsCommitted() {
    committed().stand(3, 2).vote(2, 3, 2);

    assertViolated(Invariant.LEADER_COMPLETENESS, () -> script.lead(3));
  }

  @Test
  void aLaterLeaderNeedNotHaveWhatIsNotCommitted() {
    script.elect(1, 1, 2).append(1, A1).append(2, A1).elect(3, 2, 2);
  }

  @Test
  void aLeaderOfAnEarlierTermThatIsElectedLateNeedNotHaveWhatIsCommittedSince() {
    InvariantScript five = new InvariantScript(5).stand(1, 1).vote(2, 1, 1).vote(3, 1, 1);
    five.elect(4, 2, 2, 3).append(4, entry(1, 2)).append(2, entry(1, 2)).append(3, entry(1, 2));

    five.commit(4, 1).lead(1);
  }

  @Test
  void whatIsCommittedLateIsThereInLaterLeaders() {
    InvariantScript five = new InvariantScript(5).elect(1, 1, 2, 3);
    five.append(1, A1).append(2, A1).append(4, A1).elect(5, 2, 4, 3);

    assertViolated(Invariant.LEADER_COMPLETENESS, () -> five.commit(1, 1));
  }

  @Test
  void anEarlierLeaderMayCommitWhatLaterLeadersHave() {
    InvariantScript five = new InvariantScript(5).elect(1, 1, 2, 3);
    five.append(1, A1).append(2, A1).append(5, A1).elect(5, 2, 4, 3);

    five.commit(1, 1);
  }

  @Test
  void anEntryThatAMajorityHasButThatIsOfAnEarlierTermMayGetLost() {
    // Figure 8, (c) to (e), with a leader that commits too early.
    InvariantScript five = new InvariantScript(5);
    five.elect(1, 1, 2, 3).append(1, A1, A2).append(2, A1, A2).append(3, A1).append(4, A1);
    five.append(5, A1).elect(5, 2, 3, 4).append(5, B2);
    five.restart(1).elect(1, 3, 2, 3).append(3, A2).commit(1, 2);
    five.append(1, C3).restart(5).stand(5, 4).vote(2, 5, 4).vote(3, 5, 4);

    assertViolated(Invariant.LEADER_COMPLETENESS, () -> five.lead(5));
  }

  @Test
  void anOlderEntryIsCommittedWithOneOfTheOwnTerm() {
    InvariantScript five = new InvariantScript(5);
    five.elect(1, 1, 2, 3).append(1, A1, A2).append(2, A1, A2).append(3, A1).append(4, A1);
    five.append(5, A1).elect(5, 2, 3, 4).append(5, B2);
    five.restart(1).elect(1, 3, 2, 3).append(3, A2).append(1, C3).append(2, C3).append(3, C3);

    five.commit(1, 3).stand(5, 4).vote(4, 5, 4);
  }

  @Test
  void whatIsCommittedIsOnAMajorityOfDisks() {
    script.elect(1, 1, 2).append(1, A1).write(2, A1);

    assertViolated(Invariant.COMMITMENT, () -> script.commit(1, 1));
  }

  @Test
  void aLeadersOwnDiskMayBeLate() {
    script.elect(1, 1, 2).write(1, A1).append(2, A1).append(3, A1).commit(1, 1);
  }

  @Test
  void learnersDoNotCount() {
    List<ServerId> voters = List.of(new ServerId(1), new ServerId(3));
    script.configure(1, new Configuration(voters, List.of(), List.of(new ServerId(2))));
    script.elect(1, 1, 3).append(1, A1).append(2, A1);

    assertViolated(Invariant.COMMITMENT, () -> script.commit(1, 1));
  }

  @Test
  void aFollowerDoesNotCommitByItself() {
    script.elect(1, 1, 2).append(1, A1).append(2, A1);

    assertViolated(Invariant.COMMITMENT, () -> script.commit(2, 1));
  }

  @Test
  void aLeaderThatStepsDownInTheSameStepMayCommit() {
    script.elect(1, 1, 2).append(1, A1).append(2, A1);

    script.stepDownCommitting(1, 1);
  }

  @Test
  void nobodyCommitsWhatItDoesNotHave() {
    committed();

    assertViolated(Invariant.COMMITMENT, () -> script.commit(3, 1));
  }

  @Test
  void aFollowerCommitsWhatTheLeaderHas() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1);
    script.elect(2, 2, 3).append(2, B2).append(3, A1, B2).commit(2, 2);

    assertViolated(
        Invariant.STATE_MACHINE_SAFETY, () -> script.stepDown(1).enter(1, 2).commit(1, 2));
  }

  @Test
  void aFollowerMayCommitLessThanTheLeader() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1);
    script.elect(2, 2, 3).append(2, B2).append(3, A1, B2).commit(2, 2);

    script.stepDown(1).enter(1, 2).commit(1, 1).append(1, B2).commit(1, 2);
  }

  @Test
  void theCommitIndexDoesNotGoBack() {
    committed();

    assertViolated(Invariant.MONOTONE_COMMIT_INDEX, () -> script.commit(1, 0));
  }

  @Test
  void theCommitIndexIsNotStored() {
    committed().restart(1).commit(1, 0).commit(1, 1);
  }

  @Test
  void entriesAreAppliedInOrder() {
    committed().append(1, A2).append(2, A2).commit(1, 2).apply(1, A1).apply(1, A2);
  }

  @Test
  void noEntryIsAppliedTwice() {
    committed().apply(1, A1);

    assertViolated(Invariant.APPLY_ORDER, () -> script.apply(1, A1));
  }

  @Test
  void noEntryIsLeftOut() {
    committed().append(1, A2).append(2, A2).commit(1, 2);

    assertViolated(Invariant.APPLY_ORDER, () -> script.apply(1, A2));
  }

  @Test
  void entriesAreAppliedAgainAfterARestart() {
    committed().apply(1, A1).restart(1).apply(1, A1);
  }

  @Test
  void onlyWhatIsCommittedIsApplied() {
    committed().append(1, A2).apply(1, A1);

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.apply(1, A2));
  }

  @Test
  void allApplyTheSame() {
    committed();

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.apply(2, entry(1, 1, "other")));
  }

  @Test
  void allApplyEntriesOfTheSameTerm() {
    committed();

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.apply(2, entry(1, 2)));
  }

  @Test
  void aStateMachineDoesNotGoBack() {
    committed().append(1, A2).append(2, A2).commit(1, 2).apply(1, A1).apply(1, A2);

    assertViolated(Invariant.APPLY_ORDER, () -> script.restore(1, 1, 1));
  }

  @Test
  void aStateMachineGoesOnFromASnapshot() {
    committed().append(1, A2).append(2, A2).commit(1, 2).restore(3, 1, 1).apply(3, A2);
  }

  @Test
  void aRestartBeginsWithTheSnapshot() {
    committed().append(1, A2).append(2, A2).commit(1, 2).apply(1, A1).compact(1, 1, "s");

    script.restart(1).apply(1, A2);
  }

  @Test
  void aRestartDoesNotBeginBeforeTheSnapshot() {
    committed().append(1, A2).append(2, A2).commit(1, 2).apply(1, A1).compact(1, 1, "s");

    assertViolated(Invariant.APPLY_ORDER, () -> script.restart(1).apply(1, A1));
  }

  @Test
  void aSnapshotIsOfWhatIsCommitted() {
    committed().append(1, A2);

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.compact(1, 2, "s"));
  }

  @Test
  void aSnapshotIsOfTheRightTerm() {
    committed();

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.save(3, 1, 2, "s"));
  }

  @Test
  void equalLogsMakeEqualStates() {
    committed().compact(1, 1, "s");

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.compact(2, 1, "t"));
  }

  @Test
  void statesMayDifferAtDifferentPlaces() {
    committed().append(1, A2).append(2, A2).commit(1, 2).compact(1, 2, "t").compact(2, 1, "s");
  }

  @Test
  void aSnapshotHasTheClusterOfItsPlace() {
    Configuration later = Configuration.ofVoters(2);
    script.elect(1, 1, 2);
    Entry change = new Entry(1, 1, new Content.Membership(later));
    script.append(1, change, A2).append(2, change, A2).configure(1, later).commit(1, 1);
    Snapshot wrong = new Snapshot(new LogPosition(1, 1), Configuration.ofVoters(3), Bytes.of("s"));
    Snapshot right = new Snapshot(new LogPosition(1, 1), later, Bytes.of("s"));

    script.save(1, right);

    assertViolated(Invariant.STATE_MACHINE_SAFETY, () -> script.save(2, wrong));
  }
}
