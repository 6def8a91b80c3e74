package dev.labrys.cluster.sim;

import dev.labrys.history.Outcome;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Clients that make calls until they are told to stop.
public final class ClientLoad {
  private final Simulation simulation;
  private final ClientOptions options;
  private final ClientScript script;
  private final RandomGenerator random;
  private final Delay pace;

  /// Clients with nothing to do, the last one that had something first: so they are few.
  private final ArrayDeque<Caller> idle = new ArrayDeque<>();

  private int clientsLeft;
  private boolean isStopped;
  private long calls;
  private long ok;
  private long failed;
  private long unknown;
  private long skipped;

  private ClientLoad(
      Simulation simulation, ClientOptions options, ClientScript script, Delay pace, String name) {
    this.simulation = simulation;
    this.options = options;
    this.script = script;
    this.pace = pace;
    this.random = simulation.seed().stream("load " + name);
  }

  /// One client, with its session.
  private final class Caller implements Actor {
    private final SimClient client = simulation.client(options);
    private final Runnable then;
    private int session = client.process();
    private long number;

    /// @param then what to do when it is idle again
    Caller(ClosedOrOpen kind) {
      then = kind == ClosedOrOpen.CLOSED ? this::thenGoOn : () -> idle.push(this);
    }

    void call() {
      if (session != client.process()) {
        session = client.process();
        number = 0;
      }
      calls++;
      client.call(script.next(session, ++number, random), this::done);
    }

    private void done(Outcome outcome) {
      switch (outcome) {
        case Outcome.Ok _ -> ok++;
        case Outcome.Failed _ -> failed++;
        case Outcome.Unknown _ -> unknown++;
      }
      then.run();
    }

    private void thenGoOn() {
      simulation.agenda().plan(simulation.nowNanos() + pace.draw(random), this, 0, null);
    }

    @Override
    public void act(long unused, @Nullable Object nothing) {
      if (!isStopped) {
        call();
      }
    }
  }

  private enum ClosedOrOpen {
    CLOSED,
    OPEN
  }

  /// `clients` clients that each wait for the outcome of a call and then for `pause`.
  public static ClientLoad closed(
      Simulation simulation,
      ClientOptions options,
      ClientScript script,
      int clients,
      Delay pause) {
    ClientLoad load = new ClientLoad(simulation, options, script, pause, "closed");
    for (int i = 0; i < clients; i++) {
      load.new Caller(ClosedOrOpen.CLOSED).thenGoOn();
    }
    return load;
  }

  /// Calls at a rate of their own, whether or not those before have an outcome: one every
  /// `interval`. A call for which none of `mostClients` clients is left is skipped.
  public static ClientLoad open(
      Simulation simulation,
      ClientOptions options,
      ClientScript script,
      int mostClients,
      Delay interval) {
    ClientLoad load = new ClientLoad(simulation, options, script, interval, "open");
    load.clientsLeft = mostClients;
    load.planArrival();
    return load;
  }

  private void planArrival() {
    simulation.agenda().plan(
        simulation.nowNanos() + Math.max(1, pace.draw(random)), arriving, 0, null);
  }

  private final Actor arriving = (_, _) -> arrive();

  private void arrive() {
    if (isStopped) {
      return;
    }
    planArrival();
    if (!idle.isEmpty()) {
      idle.pop().call();
    } else if (clientsLeft > 0) {
      clientsLeft--;
      new Caller(ClosedOrOpen.OPEN).call();
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
