package dev.labrys.raft;

import java.util.List;
import java.util.random.RandomGenerator;

/// A server that follows the Raft protocol.
public final class Raft implements Replica {

  private Raft() {}

  /// The server `id`, with what its disk holds.
  ///
  /// @param random where election timeouts are drawn from
  public static Replica open(
      ServerId id, RaftOptions options, Rules rules, Stored stored, RandomGenerator random) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Effect> step(long nowNanos, Input input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Status status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public LogView log() {
    throw new UnsupportedOperationException();
  }
}
