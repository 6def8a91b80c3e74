package dev.labrys.cluster.sim;

import dev.labrys.history.Outcome;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Clients that make calls until they are told to stop.
public final class ClientLoad {
  private final Simulation simulation;
  private final ClientOptions options;
  private final Function<SimClient, ? extends Caller> callers;
  private final RandomGenerator random;
  private final Delay pace;

  /// Clients with nothing to do, the last one that had something first: so they are few.
  private final ArrayDeque<Turn> idle = new ArrayDeque<>();

  private final Actor arriving = (_, _) -> arrive();
  private int clientsLeft;
  private boolean isStopped;
  private long calls;
  private long ok;
  private long failed;
  private long unknown;
  private long skipped;

  private ClientLoad(
      Simulation simulation,
      ClientOptions options,
      Function<SimClient, ? extends Caller> callers,
      Delay pace,
      String name) {
    this.simulation = simulation;
    this.options = options;
    this.callers = callers;
    this.pace = pace;
    this.random = simulation.random("load", simulation.newLoad(name));
  }

  /// One client's part of it.
  private final class Turn implements Actor {
    private final Caller caller = callers.apply(simulation.client(options));
    private final Consumer<Outcome> done;

    /// @param then what to do when it is idle again
    Turn(Consumer<Turn> then) {
      done =
          outcome -> {
            count(outcome);
            then.accept(this);
          };
    }

    void call() {
      calls++;
      caller.call(done);
    }

    void callLater() {
      simulation.agenda().plan(simulation.nowNanos() + pace.draw(random), this, 0, null);
    }

    @Override
    public void act(long unused, @Nullable Object nothing) {
      if (!isStopped) {
        call();
      }
    }
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Ok _ -> ok++;
      case Outcome.Failed _ -> failed++;
      case Outcome.Unknown _ -> unknown++;
    }
  }

  /// `clients` clients that each wait for the outcome of a call and then for `pause`.
  public static ClientLoad closed(
      Simulation simulation,
      ClientOptions options,
      Function<SimClient, ? extends Caller> callers,
      int clients,
      Delay pause) {
    ClientLoad load = new ClientLoad(simulation, options, callers, pause, "closed");
    for (int i = 0; i < clients; i++) {
      load.new Turn(Turn::callLater).callLater();
    }
    return load;
  }

  /// Calls at a rate of their own, whether or not those before have an outcome: one every
  /// `interval`. A call for which none of `mostClients` clients is left is skipped.
  public static ClientLoad open(
      Simulation simulation,
      ClientOptions options,
      Function<SimClient, ? extends Caller> callers,
      int mostClients,
      Delay interval) {
    ClientLoad load = new ClientLoad(simulation, options, callers, interval, "open");
    load.clientsLeft = mostClients;
    load.planArrival();
    return load;
  }

  private void planArrival() {
    simulation
        .agenda()
        .plan(simulation.nowNanos() + Math.max(1, pace.draw(random)), arriving, 0, null);
  }

  private void arrive() {
    if (isStopped) {
      return;
    }
    planArrival();
    if (!idle.isEmpty()) {
      idle.pop().call();
    } else if (clientsLeft > 0) {
      clientsLeft--;
      new Turn(idle::push).call();
    } else {
      skipped++;
    }
  }

  /// No more calls are begun.
  public void stop() {
    isStopped = true;
  }

  /// Calls begun so far.
  public long calls() {
    return calls;
  }

  public long ok() {
    return ok;
  }

  public long failed() {
    return failed;
  }

  public long unknown() {
    return unknown;
  }

  /// Calls that were due when no client was left.
  public long skipped() {
    return skipped;
  }

  /// Calls under way.
  public long open() {
    return calls - ok - failed - unknown;
  }
}
