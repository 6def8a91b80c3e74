package dev.labrys.cluster.sim;

import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A client that makes one call at a time, over the network: it looks for the leader, and asks again
/// when it gets no answer.
///
/// What it knows in the end goes into the journal of the run ([Observer#recorded]). It says that a
/// call failed only if no attempt can have had an effect. After a call whose outcome it does not
/// know it goes on as another process.
public final class SimClient {
  private final Simulation simulation;
  private final ClientOptions options;
  private final int number;
  private final int endpoint;
  private final RandomGenerator random;
  private final SimTimer timer;
  private int process;
  private @Nullable Pending pending;

  /// Numbers what it has sent.
  private long attempt;

  /// Whom it asks next.
  private ServerId target;

  /// A call under way.
  private static final class Pending {
    final ClientCall call;
    final Consumer<Outcome> done;
    final long deadline;
    final long firstAttempt;
    boolean mayHaveHappened;

    /// Whether it waits to ask again, rather than for an answer.
    boolean isPausing;

    Pending(ClientCall call, Consumer<Outcome> done, long deadline, long firstAttempt) {
      this.call = call;
      this.done = done;
      this.deadline = deadline;
      this.firstAttempt = firstAttempt;
    }
  }

  SimClient(Simulation simulation, ClientOptions options, int number) {
    this.simulation = simulation;
    this.options = options;
    this.number = number;
    this.process = simulation.newProcess();
    this.random = simulation.seed().stream("client " + number);
    SimClock clock = new SimClock(simulation.agenda(), simulation.nowNanos(), () -> {});
    this.timer = new SimTimer(simulation.agenda(), clock, this::timedOut);
    List<ServerId> servers = simulation.servers();
    this.target = servers.get(Dice.index(random, servers.size()));
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

  /// Makes a call. `done` is told its outcome, later; it may make the next call at once.
  ///
  /// @throws IllegalStateException if one is under way
  public void call(ClientCall call, Consumer<Outcome> done) {
    if (pending != null) {
      throw new IllegalStateException("client %d makes a call already".formatted(number));
    }
    long now = simulation.nowNanos();
    simulation
        .observer()
        .recorded(now, new Event.Invoked(process, call.function(), call.key(), call.input(), now));
    pending = new Pending(call, done, now + options.patienceNanos(), attempt + 1);
    ask(pending);
  }

  private void ask(Pending under) {
    under.isPausing = false;
    attempt++;
    ClientCall call = under.call;
    timer.set(Math.min(under.deadline, simulation.nowNanos() + options.attemptNanos()));
    simulation
        .network()
        .ask(endpoint, target, new ClientMessage.Ask(attempt, call.kind(), call.bytes()));
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
    target = next(target);
    tryAgain(under, Harm.POSSIBLE, 0);
  }

  private void hear(ServerId server, long answered, Reply reply) {
    Pending under = pending;
    if (under == null || answered < under.firstAttempt) {
      return;
    }
    switch (reply) {
      case Reply.Output(var output) -> {
        target = server;
        finish(under, under.call.outcome().apply(output));
      }
      case Reply.Refused(Response.Refusal refusal, ServerId leader) when answered == attempt -> {
        boolean isNamed = !leader.equals(ServerId.NOBODY) && !leader.equals(server);
        target = isNamed ? leader : next(server);
        tryAgain(
            under,
            refusal.isDefinite() ? Harm.NONE : Harm.POSSIBLE,
            isNamed ? 0 : options.pauseNanos());
      }
      case Reply.Refused _, Reply.Done _, Reply.Lost _ -> {}
    }
  }

  /// Whether an attempt can have had an effect.
  private enum Harm {
    NONE,
    POSSIBLE
  }

  private void tryAgain(Pending under, Harm harm, long pauseNanos) {
    boolean isCommand = under.call.kind() == ClientCall.Kind.COMMAND;
    boolean isHarmful = harm == Harm.POSSIBLE && isCommand;
    under.mayHaveHappened |= isHarmful;
    long later = simulation.nowNanos() + pauseNanos;
    if (later >= under.deadline
        || isHarmful && options.repetition() == ClientOptions.Repetition.HARMLESS) {
      finish(under, under.mayHaveHappened ? Outcome.unknown() : Outcome.failed());
    } else if (pauseNanos == 0) {
      ask(under);
    } else {
      under.isPausing = true;
      timer.set(later);
    }
  }

  private void finish(Pending under, Outcome outcome) {
    timer.clear();
    pending = null;
    long now = simulation.nowNanos();
    simulation.observer().recorded(now, new Event.Completed(process, outcome, now));
    if (outcome instanceof Outcome.Unknown) {
      process = simulation.newProcess();
    }
    under.done.accept(outcome);
  }

  private ServerId next(ServerId server) {
    List<ServerId> servers = simulation.servers();
    return servers.get(server.number() % servers.size());
  }
}
