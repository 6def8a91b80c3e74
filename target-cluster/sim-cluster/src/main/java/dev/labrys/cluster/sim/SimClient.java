package dev.labrys.cluster.sim;

import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A client that makes one call at a time, over the network: it looks for the leader, and asks
/// again when it gets no answer.
///
/// What it knows in the end goes into the journal of the run ([Observer#recorded]). It says that a
/// call failed only if no attempt can have had an effect. After a call whose outcome it does not
/// know it goes on as another process.
public final class SimClient {
  private static final Reply LOST = new Reply.Lost();

  private final Simulation simulation;
  private final ClientOptions options;
  private final int number;
  private final int endpoint;
  private final RandomGenerator random;
  private final SimTimer timer;
  private int process;
  private @Nullable Pending pending;

  /// Whether the last request has been sent in vain, but not certainly without effect.
  private boolean mayHaveHappened;

  /// Numbers what it has sent.
  private long attempt;

  /// Whom it asks next.
  private ServerId target;

  /// Whom it asked last of its own accord. Servers name the leader as they know it, and some that
  /// are no more part of the cluster name each other for ever; so it asks all in turn beside.
  private ServerId turn;

  /// Whom it asks all that changes nothing; null for whom it asks everything else.
  private @Nullable ServerId home;

  /// A request under way.
  private static final class Pending {
    final ClientCall.Kind kind;
    final Bytes bytes;
    final Consumer<Reply> done;
    final long deadline;
    final long firstAttempt;

    /// Whom it would have asked otherwise.
    final ServerId before;

    /// Whether it waits to ask again, rather than for an answer.
    boolean isPausing;

    Pending(
        ClientCall.Kind kind,
        Bytes bytes,
        Consumer<Reply> done,
        long deadline,
        long firstAttempt,
        ServerId before) {
      this.kind = kind;
      this.bytes = bytes;
      this.done = done;
      this.deadline = deadline;
      this.firstAttempt = firstAttempt;
      this.before = before;
    }
  }

  SimClient(Simulation simulation, ClientOptions options, int number) {
    this.simulation = simulation;
    this.options = options;
    this.number = number;
    this.process = simulation.newProcess();
    this.random = random("target");
    SimClock clock = new SimClock(simulation.agenda(), simulation.nowNanos(), () -> {});
    this.timer = new SimTimer(simulation.agenda(), clock, this::timedOut);
    List<ServerId> servers = simulation.servers();
    this.target = servers.get(Dice.index(random, servers.size()));
    this.turn = target;
    this.endpoint =
        simulation
            .network()
            .join(
                new Endpoint() {
                  @Override
                  public long life() {
                    return 0;
                  }

                  @Override
                  public void receive(int from, Object message) {
                    if (message instanceof ClientMessage.Told(long answered, Reply reply)) {
                      hear(simulation.network().serverAt(from), answered, reply);
                    }
                  }
                });
  }

  /// Asks `server` first, from now on, whatever changes nothing.
  void settleAt(ServerId server) {
    home = server;
  }

  /// Its number among the clients, from 0, by which the network knows it.
  public int number() {
    return number;
  }

  /// The process as which it makes its next call, or makes one.
  public int process() {
    return process;
  }

  /// Whether a call is under way.
  public boolean isBusy() {
    return pending != null;
  }

  /// Randomness for whoever makes calls with this client.
  RandomGenerator random(String name) {
    return simulation.random("client", number + " " + name);
  }

  /// Makes a call. `done` is told its outcome, later; it may make the next call at once.
  ///
  /// @throws IllegalStateException if one is under way
  public void call(ClientCall call, Consumer<Outcome> done) {
    long now = simulation.nowNanos();
    requireIdle();
    simulation
        .observer()
        .recorded(now, new Event.Invoked(process, call.function(), call.key(), call.input(), now));
    ask(call.kind(), call.bytes(), reply -> complete(call, reply, done));
  }

  private void complete(ClientCall call, Reply reply, Consumer<Outcome> done) {
    Outcome outcome =
        switch (reply) {
          case Reply.Output(Bytes output) -> call.outcome().apply(output);
          case Reply.Refused _ -> Outcome.failed();
          case Reply.Done _, Reply.Lost _ ->
              call.kind() == ClientCall.Kind.QUERY ? Outcome.failed() : Outcome.unknown();
        };
    if (outcome instanceof Outcome.Failed && mayHaveHappened) {
      outcome = Outcome.unknown();
    }
    long now = simulation.nowNanos();
    simulation.observer().recorded(now, new Event.Completed(process, outcome, now));
    if (outcome instanceof Outcome.Unknown) {
      process = simulation.newProcess();
    }
    done.accept(outcome);
  }

  /// Asks for something that is not part of the history. `done` is told the state machine's answer;
  /// or the last refusal, if nothing can have happened; else that it is lost.
  ///
  /// @throws IllegalStateException if something is under way
  public void ask(ClientCall.Kind kind, Bytes bytes, Consumer<Reply> done) {
    requireIdle();
    mayHaveHappened = false;
    long deadline = simulation.nowNanos() + options.patienceNanos();
    ServerId before = target;
    if (home != null && kind == ClientCall.Kind.QUERY) {
      target = home;
    }
    pending = new Pending(kind, bytes, done, deadline, attempt + 1, before);
    ask(pending);
  }

  private void requireIdle() {
    if (pending != null) {
      throw new IllegalStateException("client %d waits for an answer already".formatted(number));
    }
  }

  private void ask(Pending under) {
    under.isPausing = false;
    attempt++;
    timer.set(Math.min(under.deadline, simulation.nowNanos() + options.attemptNanos()));
    simulation
        .network()
        .ask(endpoint, target, new ClientMessage.Ask(attempt, under.kind, under.bytes));
  }

  private void timedOut() {
    timer.clear();
    Pending under = pending;
    if (under == null) {
      return;
    }
    if (under.isPausing) {
      ask(under);
      return;
    }
    target = nextTurn();
    tryAgain(under, LOST, 0);
  }

  private void hear(ServerId server, long answered, Reply reply) {
    Pending under = pending;
    if (under == null || answered < under.firstAttempt) {
      return;
    }
    switch (reply) {
      case Reply.Output _ -> {
        target = server;
        finish(under, reply);
      }
      case Reply.Refused(Response.Refusal _, ServerId leader) when answered == attempt -> {
        boolean isNamed = !leader.equals(ServerId.NOBODY) && !leader.equals(server);
        target = isNamed ? leader : nextTurn();
        tryAgain(under, reply, isNamed ? 0 : options.pauseNanos());
      }
      case Reply.Refused _, Reply.Done _, Reply.Lost _ -> {}
    }
  }

  private void tryAgain(Pending under, Reply reply, long pauseNanos) {
    boolean isHarmful = under.kind == ClientCall.Kind.COMMAND && !reply.isRefusedForGood();
    mayHaveHappened |= isHarmful;
    long later = simulation.nowNanos() + pauseNanos;
    if (later >= under.deadline
        || (isHarmful && options.repetition() == ClientOptions.Repetition.HARMLESS)) {
      finish(under, mayHaveHappened ? LOST : reply);
    } else if (pauseNanos == 0) {
      ask(under);
    } else {
      under.isPausing = true;
      timer.set(later);
    }
  }

  private void finish(Pending under, Reply reply) {
    timer.clear();
    pending = null;
    if (home != null && under.kind == ClientCall.Kind.QUERY) {
      target = under.before;
    }
    under.done.accept(reply);
  }

  private ServerId nextTurn() {
    List<ServerId> servers = simulation.servers();
    turn = servers.get(turn.number() % servers.size());
    return turn;
  }
}
