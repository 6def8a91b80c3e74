package dev.labrys.cluster.sim;

import dev.labrys.raft.calls.StoreCall;
import java.util.random.RandomGenerator;

/// What clients ask of the store, one thing after the other.
@FunctionalInterface
public interface StoreScript {

  /// What to ask next.
  ///
  /// @param process who asks
  StoreCall next(int process, RandomGenerator random);
}
