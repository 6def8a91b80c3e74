package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.InvariantScript.assertViolated;
import static dev.labrys.cluster.sim.InvariantScript.entry;

import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.ServerId;
import org.junit.jupiter.api.Test;

/// Each invariant of logs both ways: what breaks it, and the nearest thing that is allowed.
final class LogInvariantsTest {
  private static final Entry A1 = entry(1, 1);
  private static final Entry A2 = entry(2, 1);
  private static final Entry A3 = entry(3, 1);
  private static final Entry B2 = entry(2, 2);
  private static final Entry B3 = entry(3, 2);

  private final InvariantScript script = new InvariantScript(3);

  @Test
  void aLeaderAppends() {
    script.elect(1, 1, 2).append(1, A1).append(1, A2, A3);
  }

  @Test
  void aLeaderDoesNotOverwrite() {
    script.elect(1, 1, 2).append(1, A1, A2).elect(1, 2, 2);

    assertViolated(Invariant.LEADER_APPEND_ONLY, () -> script.append(1, B2));
  }

  @Test
  void whatIsInMemoryIsOrderedToBeStored() {
    script.elect(1, 1, 2).append(1, A1, A2);

    assertViolated(Invariant.LOG_DURABILITY, () -> script.forgetAfter(1, 1));
  }

  @Test
  void aLeaderOfBeforeMayOverwriteWhatIsNotCommitted() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1).elect(2, 2, 3).append(2, B2);

    script.stepDown(1).enter(1, 2).append(1, B2);
  }

  @Test
  void aFollowerMayDropATailThatNobodyReliesOn() {
    script.elect(1, 1, 2).append(1, A1, A2, A3).append(2, A1, A2).accept(2, 1, 1, 1);
    script.append(3, A1).elect(3, 2, 2).append(3, B2, B3);

    script.append(2, B2);
  }

  @Test
  void anEntryIsTheSameEverywhere() {
    script.elect(1, 1, 2).append(1, A1);

    assertViolated(Invariant.LOG_MATCHING, () -> script.append(2, entry(1, 1, "other")));
  }

  @Test
  void anEqualEntryIsTheSame() {
    script.elect(1, 1, 2).append(1, A1).append(2, entry(1, 1));
  }

  @Test
  void anEntryFollowsTheSameOneEverywhere() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1).elect(2, 2, 3).append(2, B2, B3);

    assertViolated(Invariant.LOG_MATCHING, () -> script.stepDown(1).enter(1, 2).append(1, B3));
  }

  @Test
  void aLeaderMayFollowUpOnAnyTerm() {
    script.elect(1, 1, 2).append(1, A1).append(2, A1).elect(2, 4, 3).append(2, entry(2, 4));
  }

  @Test
  void anEntryWasMadeByALeader() {
    script.elect(1, 1, 2);

    assertViolated(Invariant.LOG_MATCHING, () -> script.append(2, A1));
  }

  @Test
  void anEntryOfAnotherTermWasNotMadeByThisLeader() {
    script.elect(1, 2, 2);

    assertViolated(Invariant.LOG_MATCHING, () -> script.append(1, A1));
  }

  @Test
  void aLogHasNoGaps() {
    script.elect(1, 1, 2).append(1, A1);

    assertViolated(Invariant.LOG_MATCHING, () -> script.append(1, A3));
  }

  @Test
  void aDiskGivesBackWhatItGot() {
    script.elect(1, 1, 2).append(1, A1);
    HardState state = new HardState(1, new ServerId(1));

    assertViolated(Invariant.LOG_MATCHING, () -> script.restart(1, state, entry(1, 1, "flipped")));
  }

  @Test
  void whatIsAcknowledgedIsStored() {
    script.elect(1, 1, 2).append(1, A1).write(2, A1);

    assertViolated(Invariant.LOG_DURABILITY, () -> script.accept(2, 1, 1, 1));
  }

  @Test
  void whatIsAcknowledgedIsTheLeaders() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1);
    script.elect(2, 2, 3).append(2, B2).stepDown(1).enter(1, 2);

    assertViolated(Invariant.LOG_DURABILITY, () -> script.accept(1, 2, 2, 2));
  }

  @Test
  void whatTheLeaderHasIsAcknowledged() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1);
    script.elect(2, 2, 3).append(2, B2).stepDown(1).enter(1, 2);

    script.accept(1, 2, 2, 1).append(1, B2).accept(1, 2, 2, 2);
  }

  @Test
  void aLeadersLogMayBeAheadOfItsDisk() {
    script.elect(1, 1, 2).write(1, A1).append(2, A1).accept(2, 1, 1, 1);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1, A2).accept(2, 1, 1, 2);
    HardState state = new HardState(1, new ServerId(1));

    assertViolated(Invariant.LOG_DURABILITY, () -> script.restart(2, state, A1));
  }

  @Test
  void whatWasNotAcknowledgedMayBeLost() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1, A2).accept(2, 1, 1, 1);
    HardState state = new HardState(1, new ServerId(1));

    script.restart(2, state, A1);
  }

  @Test
  void whatWasAcknowledgedIsNotDroppedInTheSameTerm() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1, A2).accept(2, 1, 1, 2);

    assertViolated(Invariant.LOG_DURABILITY, () -> script.append(2, A1));
  }

  @Test
  void writingTheSameAgainDropsNothing() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1, A2).accept(2, 1, 1, 2);

    script.append(2, A1, A2);
  }

  @Test
  void whatIsCommittedIsKeptByWhoHasIt() {
    script.elect(1, 1, 2).append(1, A1, A2, A3).append(2, A1, A2).commit(1, 2).stepDown(1);

    assertViolated(Invariant.LOG_DURABILITY, () -> script.append(1, A1));
  }

  /// Server 5 has committed entry 2 of term 1 in term 3; server 1, which has it too, has slept
  /// since term 1, and so has what server 2 made in term 2.
  private static InvariantScript committedWhileOneSlept() {
    InvariantScript five = new InvariantScript(5);
    five.elect(1, 1, 2, 3).append(1, A1, A2).append(5, A1, A2);
    five.append(2, A1).append(3, A1).append(4, A1).elect(2, 2, 3, 4).append(2, B2);
    Entry third = entry(3, 3);
    five.elect(5, 3, 3, 4).append(5, third).append(3, A2, third).append(4, A2, third);
    return five.commit(5, 3).stepDown(1);
  }

  @Test
  void whoLagsBehindMayGiveUpWhatALaterTermHasCommitted() {
    committedWhileOneSlept().enter(1, 2).append(1, B2);
  }

  @Test
  void whoIsInThatTermMayNot() {
    InvariantScript five = committedWhileOneSlept().enter(1, 3);

    assertViolated(Invariant.LOG_DURABILITY, () -> five.append(1, B2));
  }

  @Test
  void whatIsNotCommittedNeedNotBeKept() {
    script.elect(1, 1, 2).append(1, A1, A2, A3).append(2, A1, A2).commit(1, 2).stepDown(1);

    script.append(1, A2);
  }

  @Test
  void whatIsCommittedIsThereAfterARestart() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1, A2).commit(1, 2);
    script.enter(2, 5);
    HardState state = new HardState(5, ServerId.NOBODY);

    assertViolated(Invariant.LOG_DURABILITY, () -> script.restart(2, state, A1));
  }

  @Test
  void aSnapshotIsThereAfterARestart() {
    script.elect(1, 1, 2).append(1, A1).append(2, A1).commit(1, 1).compact(1, 1, "x").restart(1);
  }

  @Test
  void aSnapshotDoesNotGoBack() {
    script.elect(1, 1, 2).append(1, A1, A2).append(2, A1, A2).commit(1, 2).compact(1, 2, "x");
    script.stepDown(1);

    assertViolated(Invariant.APPLY_ORDER, () -> script.save(1, 1, 1, "older"));
  }

  @Test
  void aServerWithANewDiskMayHaveLostEverything() {
    script.elect(1, 1, 2).append(1, A1).append(2, A1).accept(2, 1, 1, 1).commit(1, 1);

    script.replace(2).enter(2, 1).append(2, A1).accept(2, 1, 1, 1);
  }
}
