package dev.labrys.cluster.sim;

import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.Status.RoleName;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;

/// Tells in lines what happens in a simulation.
///
/// A simulation that nobody traces builds none of this.
public final class Trace implements Observer {
  private final TraceSink sink;

  /// What was last told of each server, by its number.
  private final List<Told> told = new ArrayList<>();

  private long now;
  private ServerId server = ServerId.NOBODY;

  private Trace(TraceSink sink) {
    this.sink = sink;
  }

  /// A trace into `sink`.
  public static Trace to(TraceSink sink) {
    return new Trace(sink);
  }

  private record Told(
      long term,
      ServerId votedFor,
      RoleName role,
      ServerId leader,
      LogPosition last,
      long commitIndex) {
    private static final Told NOTHING =
        new Told(0, ServerId.NOBODY, RoleName.FOLLOWER, ServerId.NOBODY, LogPosition.ZERO, 0);

    static Told of(Status status) {
      return new Told(
          status.term(),
          status.votedFor(),
          status.role(),
          status.leader(),
          status.last(),
          status.commitIndex());
    }
  }

  private void at(long timeNanos, ServerId where) {
    now = timeNanos;
    server = where;
  }

  // The annotation would be a dependency.
  @SuppressWarnings("AnnotateFormatMethod")
  private void tell(Topic topic, String text, Object... arguments) {
    sink.line(now, server, topic, arguments.length == 0 ? text : MessageText.say(text, arguments));
  }

  @Override
  public void started(long timeNanos, ServerId id, Stored stored, Replica replica) {
    at(timeNanos, id);
    tell(
        Topic.FAULT,
        "starts with term %d, vote %s, snapshot to %s, %s",
        stored.state().term(),
        stored.state().votedFor(),
        stored.snapshot().last(),
        MessageText.entries(stored.entries()));
    remember(id, Told.of(replica.status()));
  }

  @Override
  public void crashed(long timeNanos, ServerId id) {
    at(timeNanos, id);
    tell(Topic.FAULT, "ends");
  }

  @Override
  public void forgiven(long timeNanos, ServerId id, Promises promises) {
    at(timeNanos, id);
    tell(Topic.FAULT, "can't know what it has promised");
  }

  @Override
  public void fault(long timeNanos, String what) {
    at(timeNanos, ServerId.NOBODY);
    tell(Topic.FAULT, what);
  }

  @Override
  public void lost(long timeNanos, ServerId from, ServerId to, Message message, Loss reason) {
    at(timeNanos, from);
    tell(Topic.NET, "✗ %s %s (%s)", to, MessageText.of(message), reason);
  }

  @Override
  public void recorded(long timeNanos, Event event) {
    at(timeNanos, ServerId.NOBODY);
    switch (event) {
      case Event.Invoked call ->
          tell(
              Topic.CLIENT,
              "process %d: %s %s %s",
              call.process(),
              call.function(),
              call.key(),
              call.input());
      case Event.Completed end ->
          tell(Topic.CLIENT, "process %d: %s", end.process(), outcome(end.outcome()));
      case Event.FaultStarted _, Event.FaultHealed _, Event.Note _ ->
          tell(Topic.FAULT, event.toString());
    }
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ok(Value output) -> "ok " + output;
      case Outcome.Failed _ -> "failed";
      case Outcome.Unknown _ -> "unknown";
    };
  }

  @Override
  public void stepped(
      long timeNanos, ServerId id, Input input, List<Effect> effects, Replica replica) {
    at(timeNanos, id);
    heard(input);
    Told before = told.get(id.number());
    Told after = Told.of(replica.status());
    if (!after.equals(before)) {
      changed(before, after);
      remember(id, after);
    }
  }

  private void remember(ServerId id, Told latest) {
    while (told.size() <= id.number()) {
      told.add(Told.NOTHING);
    }
    told.set(id.number(), latest);
  }

  private void heard(Input input) {
    switch (input) {
      case Input.Started _, Input.Persisted _ -> {}
      case Input.TimerFired _ -> tell(Topic.TIMER, "timer fires");
      case Input.Received(ServerId from, Message message) ->
          tell(Topic.NET, "← %s %s", from, MessageText.of(message));
      case Input.Proposed(var request, var command) ->
          tell(Topic.CLIENT, "%s command %s", request, command);
      case Input.ReadRequested(var request, var query) ->
          tell(Topic.CLIENT, "%s query %s", request, query);
      case Input.MembershipRequested(var request, var voters, var learners) ->
          tell(Topic.CLIENT, "%s cluster of %s, learning %s", request, voters, learners);
      case Input.TransferRequested(var request, var target) ->
          tell(Topic.CLIENT, "%s let %s lead", request, target);
      case Input.SnapshotTaken(long index, var state) ->
          tell(Topic.SNAP, "snapshot to %d of %d bytes", index, state.length());
      case Input.Together(var inputs) -> inputs.forEach(this::heard);
    }
  }

  private void changed(Told before, Told after) {
    if (after.term() != before.term()) {
      tell(Topic.TERM, "enters term %d", after.term());
    }
    boolean isVoteNew =
        after.term() != before.term() || !after.votedFor().equals(before.votedFor());
    if (isVoteNew && !after.votedFor().equals(ServerId.NOBODY)) {
      tell(Topic.VOTE, "votes for %s in term %d", after.votedFor(), after.term());
    }
    if (after.role() != before.role()) {
      tell(Topic.LEAD, "%s in term %d", becomes(after.role()), after.term());
    }
    boolean isLeaderNew = !after.leader().equals(before.leader());
    if (isLeaderNew && after.role() == RoleName.FOLLOWER) {
      tell(
          Topic.LEAD,
          after.leader().equals(ServerId.NOBODY) ? "knows no leader" : "follows %s",
          after.leader());
    }
    if (!after.last().equals(before.last())) {
      tell(Topic.LOG, "log to %s", after.last());
    }
    if (after.commitIndex() != before.commitIndex()) {
      tell(Topic.COMMIT, "committed to %d", after.commitIndex());
    }
  }

  private static String becomes(RoleName role) {
    return switch (role) {
      case FOLLOWER -> "becomes follower";
      case PRE_CANDIDATE -> "asks whether it could win";
      case CANDIDATE -> "stands for election";
      case LEADER -> "leads";
    };
  }

  @Override
  public void performed(long timeNanos, ServerId id, Effect effect) {
    at(timeNanos, id);
    switch (effect) {
      case Effect.Send(ServerId to, Message message) ->
          tell(Topic.NET, "→ %s %s", to, MessageText.of(message));
      case Effect.SendAtOnce(ServerId to, Message message) ->
          tell(Topic.NET, "→ %s %s", to, MessageText.of(message));
      case Effect.Persist(var state, var entries) ->
          tell(
              Topic.DISK,
              "stored term %d, vote %s, %s",
              state.term(),
              state.votedFor(),
              MessageText.entries(entries));
      case Effect.SaveSnapshot(var snapshot) ->
          tell(Topic.SNAP, "stored snapshot to %s", snapshot.last());
      case Effect.Restore(var snapshot) -> tell(Topic.SNAP, "restored to %s", snapshot.last());
      case Effect.TakeSnapshot _ -> tell(Topic.SNAP, "asks for a snapshot");
      case Effect.Apply(var entry, var _) ->
          tell(
              Topic.APPLY,
              "applies %s: %s",
              entry.position(),
              MessageText.content(entry.content()));
      case Effect.Query(var request, var query) ->
          tell(Topic.APPLY, "%s queries %s", request, query);
      case Effect.Answer(var request, var response) ->
          tell(Topic.CLIENT, "%s is told: %s", request, answer(response));
      case Effect.SetTimer(long atNanos) ->
          tell(
              Topic.TIMER,
              atNanos == Long.MAX_VALUE ? "timer off" : "timer at %d.%09d of its clock",
              atNanos / TraceSink.SECOND,
              atNanos % TraceSink.SECOND);
    }
  }

  private static String answer(Response response) {
    return switch (response) {
      case Response.Done _ -> "done";
      case Response.Refused(Response.Refusal refusal, ServerId leader) ->
          leader.equals(ServerId.NOBODY)
              ? refusal.meaning()
              : refusal.meaning() + ", but " + leader + " does";
    };
  }
}
