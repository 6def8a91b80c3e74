package dev.labrys.lab;

import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Status;
import java.util.List;

/// A server that does nothing, ever.
record IdleReplica(Replica before) implements Replica {
  @Override
  public List<Effect> step(long nowNanos, Input input) {
    return List.of();
  }

  @Override
  public Status status() {
    return before.status();
  }

  @Override
  public LogView log() {
    return before.log();
  }
}
