package dev.labrys.cluster.sim;

import java.util.random.RandomGenerator;

/// What clients call, one call after the other.
@FunctionalInterface
public interface ClientScript {

  /// The next call.
  ///
  /// @param session the process that makes it, never used again once an outcome is unknown
  /// @param number of the call among those of the session, from 1
  ClientCall next(int session, long number, RandomGenerator random);
}
