package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.InvariantScript.assertViolated;
import static dev.labrys.cluster.sim.InvariantScript.entry;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Input;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import org.junit.jupiter.api.Test;

/// Each invariant of requests both ways: what breaks it, and the nearest thing that is allowed.
final class RequestInvariantsTest {
  private static final Entry A1 = entry(1, 1);
  private static final Entry A2 = entry(2, 1);
  private static final RequestId FIRST = new RequestId(1);
  private static final Effect ANSWER_FIRST = new Effect.Query(FIRST, Bytes.of("what"));

  private final InvariantScript script = new InvariantScript(3);

  private static InvariantScript committed(InvariantScript script) {
    return script.elect(1, 1, 2).append(1, A1).append(2, A1).commit(1, 1);
  }

  private static Input read(RequestId request) {
    return new Input.ReadRequested(request, Bytes.of("what"));
  }

  private static Input proposal(RequestId request, String command) {
    return new Input.Proposed(request, Bytes.of(command));
  }

  @Test
  void aReadSeesWhatWasCommittedBefore() {
    committed(script).step(2, read(FIRST));

    assertViolated(Invariant.LINEARIZABLE_READS, () -> script.perform(2, ANSWER_FIRST));
  }

  @Test
  void aReadSeesWhatItsServerHasApplied() {
    committed(script).step(2, read(FIRST)).apply(2, A1).perform(2, ANSWER_FIRST);
  }

  @Test
  void aReadNeedNotSeeWhatIsCommittedMeanwhile() {
    script.step(2, read(FIRST));

    committed(script).perform(2, ANSWER_FIRST);
  }

  @Test
  void aReadThatMayBeStaleIsLeftAlone() {
    RaftOptions local = RaftOptions.DEFAULTS.with("reads", "local");
    InvariantScript stale = committed(new InvariantScript(3, local));

    stale.step(2, read(FIRST)).perform(2, ANSWER_FIRST);
  }

  @Test
  void aRequestIsAnsweredByItsOwnEntry() {
    committed(script).step(1, proposal(FIRST, "i1t1")).apply(1, A1, 1);
  }

  @Test
  void aRequestIsNotAnsweredByAnothersEntry() {
    committed(script).step(1, proposal(FIRST, "mine"));

    assertViolated(Invariant.ANSWERS_MATCH_REQUESTS, () -> script.apply(1, A1, 1));
  }

  @Test
  void aRequestIsAnsweredOnce() {
    committed(script).append(1, A2).append(2, A2).commit(1, 2);
    script.step(1, proposal(FIRST, "i1t1")).apply(1, A1, 1);

    assertViolated(Invariant.ANSWERS_MATCH_REQUESTS, () -> script.apply(1, A2, 1));
  }

  @Test
  void aRefusalIsAnAnswer() {
    committed(script).step(1, proposal(FIRST, "i1t1"));
    script.perform(
        1, new Effect.Answer(FIRST, new Response.Refused(Response.Refusal.BUSY, ServerId.NOBODY)));

    assertViolated(Invariant.ANSWERS_MATCH_REQUESTS, () -> script.apply(1, A1, 1));
  }

  @Test
  void aRestartForgetsRequests() {
    committed(script).step(1, proposal(FIRST, "i1t1")).restart(1);

    assertViolated(Invariant.ANSWERS_MATCH_REQUESTS, () -> script.apply(1, A1, 1));
  }

  @Test
  void whatNobodyWaitsForIsAppliedAsWell() {
    committed(script).apply(2, A1, 0);
  }

  @Test
  void aCommandIsNotAnsweredAsARead() {
    committed(script).step(1, proposal(FIRST, "i1t1"));

    assertViolated(Invariant.ANSWERS_MATCH_REQUESTS, () -> script.perform(1, ANSWER_FIRST));
  }
}
