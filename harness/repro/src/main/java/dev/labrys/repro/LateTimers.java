package dev.labrys.repro;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.history.Seed;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A server that sleeps between its heartbeats, and now and then too long.
///
/// From one firing of the timer to the next is one sleep. Nothing wakes a thread that sleeps too
/// long, so the timer can't be set to an earlier time meanwhile; all else goes on.
final class LateTimers implements Replica {
  private final Replica server;
  private final LateSleeps lateness;
  private final RandomGenerator random;
  private boolean isAsleep;
  private long wakeNanos;

  private LateTimers(Replica server, LateSleeps lateness, RandomGenerator random) {
    this.server = server;
    this.lateness = lateness;
    this.random = random;
  }

  /// Servers of `replicas` that do so.
  static ReplicaFactory of(ReplicaFactory replicas, LateSleeps lateness) {
    return (id, options, stored, random) -> {
      RandomGenerator own = new Seed(random.nextLong()).stream("late timers");
      return new LateTimers(replicas.open(id, options, stored, random), lateness, own);
    };
  }

  @Override
  public List<Effect> step(long nowNanos, Input input) {
    if (input instanceof Input.TimerFired) {
      isAsleep = false;
      wakeNanos = 0;
    }
    List<Effect> effects = server.step(nowNanos, input);
    for (Effect effect : effects) {
      if (effect instanceof Effect.SetTimer) {
        return delayed(effects);
      }
    }
    return effects;
  }

  private List<Effect> delayed(List<Effect> effects) {
    List<Effect> late = new ArrayList<>(effects.size());
    for (Effect effect : effects) {
      late.add(
          effect instanceof Effect.SetTimer(long nanos)
              ? new Effect.SetTimer(sleep(nanos))
              : effect);
    }
    return late;
  }

  private long sleep(long nanos) {
    if (!isAsleep) {
      isAsleep = true;
      long late = lateness.drawNanos(random);
      wakeNanos = late == 0 ? 0 : nanos + late;
    }
    return wakeNanos == 0 ? nanos : Math.max(nanos, wakeNanos);
  }

  @Override
  public Status status() {
    return server.status();
  }

  @Override
  public LogView log() {
    return server.log();
  }
}
