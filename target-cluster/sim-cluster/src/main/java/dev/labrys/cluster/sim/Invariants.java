package dev.labrys.cluster.sim;

import dev.labrys.cluster.sim.ExactlyOnceInvariant.Repetition;
import dev.labrys.history.Seed;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Holds a cluster to every [Invariant], after every event.
///
/// It knows what no server can know: what all others have on their disks, whom they voted for, and
/// what is committed. What it does for an event depends on what the event changed, not on how long
/// the logs are. The first violation ends the simulation by an [InvariantViolation], so that the
/// cause is the last thing that happened.
///
/// An instance watches one simulation. It forgets what all servers have compacted away.
public final class Invariants implements Observer {
  private final Violations violations;
  private final ElectionInvariants elections;
  private final LogInvariants logs;
  private final CommitInvariants commits;
  private final RequestInvariants requests;
  private final ExactlyOnceInvariant exactlyOnce = new ExactlyOnceInvariant();

  private Invariants(RaftOptions raft, Seed seed) {
    CreatedEntries created = new CreatedEntries();
    TermRuns committed = new TermRuns();
    TermRuns committedIn = new TermRuns();
    this.violations = new Violations(seed);
    this.elections = new ElectionInvariants(violations);
    this.logs = new LogInvariants(violations, elections, created, committed, committedIn);
    this.commits =
        new CommitInvariants(violations, elections, logs, created, committed, committedIn);
    this.requests = new RequestInvariants(violations, commits, raft.reads());
  }

  /// For servers that behave as `raft` says, in a simulation made from `seed`. Reads need not be
  /// fresh where the options say so.
  public static Invariants of(RaftOptions raft, Seed seed) {
    return new Invariants(raft, seed);
  }

  /// State machines for the servers: what `sessions` makes of one that is given to it, to have each
  /// command executed once, and `machines` inside.
  public Supplier<StateMachine> watch(
      UnaryOperator<StateMachine> sessions, Supplier<StateMachine> machines) {
    return exactlyOnce.watch(sessions, machines);
  }

  /// The server, which is down, gets an empty disk, and has leave to forget what it promised:
  /// somebody has seen to it that the cluster does not count on it.
  public void replaced(ServerId server) {
    elections.replaced(server);
    logs.replaced(server);
  }

  @Override
  public void forgiven(long timeNanos, ServerId server, Promises promises) {
    switch (promises) {
      case LOG -> logs.replaced(server);
      case ALL -> replaced(server);
    }
  }

  @Override
  public void started(long timeNanos, ServerId server, Stored stored, Replica replica) {
    violations.at(timeNanos);
    elections.started(server, stored);
    logs.started(server, stored);
    commits.started(server, stored);
    requests.started(server);
  }

  @Override
  public void stepped(
      long timeNanos, ServerId server, Input input, List<Effect> effects, Replica replica) {
    violations.at(timeNanos);
    requests.told(server, input);
    if (effects.isEmpty()) {
      return;
    }
    Status status = replica.status();
    boolean isNewLeader = elections.hasBecomeLeader(status);
    if (isNewLeader) {
      commits.elected(status, replica.log());
    }
    for (int i = 0; i < effects.size(); i++) {
      ordered(status, effects.get(i));
    }
    logs.stepped(status);
    commits.stepped(status, replica.log());
  }

  private void ordered(Status status, Effect effect) {
    switch (effect) {
      case Effect.Persist write -> logs.ordered(status, write);
      case Effect.SaveSnapshot save -> {
        commits.ordered(status.id(), save.snapshot());
        logs.ordered(status.id(), save.snapshot());
      }
      case Effect.Send send -> said(status.id(), send.message());
      case Effect.SendAtOnce send -> said(status.id(), send.message());
      case Effect.Apply _,
          Effect.Query _,
          Effect.Restore _,
          Effect.TakeSnapshot _,
          Effect.Answer _,
          Effect.SetTimer _ -> {}
    }
  }

  private void said(ServerId server, Message message) {
    switch (message) {
      case Message.AppendEntries _, Message.InstallSnapshot _, Message.TimeoutNow _ ->
          elections.leads(server, message);
      case Message.RequestVote _,
          Message.VoteReply _,
          Message.AppendAccepted _,
          Message.AppendRejected _,
          Message.SnapshotReply _,
          Message.ReadIndex _,
          Message.ReadIndexReply _ -> {}
    }
  }

  @Override
  public void performed(long timeNanos, ServerId server, Effect effect) {
    violations.at(timeNanos);
    switch (effect) {
      case Effect.Persist write -> {
        elections.stored(server, write.state());
        logs.stored(server, write.entries());
      }
      case Effect.SaveSnapshot save -> commits.forget(logs.stored(server, save.snapshot()));
      case Effect.Send send -> sent(server, send.to(), send.message());
      case Effect.SendAtOnce send -> sent(server, send.to(), send.message());
      case Effect.Apply apply -> {
        commits.applied(server, apply.entry());
        requests.applied(server, apply.entry(), apply.request());
        requireNoRepetition(server);
      }
      case Effect.Query query -> requests.queried(server, query.request());
      case Effect.Restore restore -> commits.restored(server, restore.snapshot());
      case Effect.Answer answer -> requests.answered(server, answer.request());
      case Effect.TakeSnapshot _, Effect.SetTimer _ -> {}
    }
  }

  private void requireNoRepetition(ServerId server) {
    Repetition repetition = exactlyOnce.findRepetition();
    if (repetition != null) {
      throw violations.of(
          Invariant.EXACTLY_ONCE,
          server,
          "%s executes request %d of session %d by entry %d, which was executed by entry %d",
          server,
          repetition.number(),
          repetition.session(),
          repetition.secondIndex(),
          repetition.firstIndex());
    }
  }

  private void sent(ServerId server, ServerId to, Message message) {
    elections.sent(server, to, message);
    if (message instanceof Message.AppendAccepted reply) {
      logs.acknowledged(server, to, reply);
    }
  }

  @Override
  public void crashed(long timeNanos, ServerId server) {
    elections.crashed(server);
  }
}
