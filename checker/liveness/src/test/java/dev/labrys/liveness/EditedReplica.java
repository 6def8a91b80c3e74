package dev.labrys.liveness;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// A server of whose effects some are left out or changed.
record EditedReplica(
    Replica inner, ServerId id, BiFunction<ServerId, Effect, Optional<Effect>> edit)
    implements Replica {

  static ReplicaFactory factory(BiFunction<ServerId, Effect, Optional<Effect>> edit) {
    return (id, options, stored, random) ->
        new EditedReplica(ReplicaFactory.RAFT.open(id, options, stored, random), id, edit);
  }

  @Override
  public List<Effect> step(long nowNanos, Input input) {
    return inner.step(nowNanos, input).stream()
        .flatMap(effect -> edit.apply(id, effect).stream())
        .toList();
  }

  @Override
  public Status status() {
    return inner.status();
  }

  @Override
  public LogView log() {
    return inner.log();
  }
}
