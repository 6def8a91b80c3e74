package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import dev.labrys.raft.ServerId;
import java.util.List;

/// Ends a simulation in which something happened that never must.
///
/// Its message says all: which invariant, where the paper has it, what the servers did, when, and
/// the seed that makes them do it again.
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final double SECOND = 1e9;

  private final Invariant invariant;
  private final transient List<ServerId> servers;
  private final long timeNanos;
  private final long seed;

  /// @param servers who took part, the one at fault first
  /// @param what happened, with servers, terms and indices
  InvariantViolation(
      Invariant invariant, List<ServerId> servers, String what, long timeNanos, Seed seed) {
    super(
        "%s is violated (%s) at %.6f s: %s; seed %d"
            .formatted(
                invariant.title(), invariant.section(), timeNanos / SECOND, what, seed.number()));
    this.invariant = invariant;
    this.servers = List.copyOf(servers);
    this.timeNanos = timeNanos;
    this.seed = seed.number();
  }

  public Invariant invariant() {
    return invariant;
  }

  /// Who took part, the one at fault first.
  public List<ServerId> servers() {
    return servers;
  }

  public long timeNanos() {
    return timeNanos;
  }

  public Seed seed() {
    return new Seed(seed);
  }
}
