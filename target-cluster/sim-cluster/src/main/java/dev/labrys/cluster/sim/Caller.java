package dev.labrys.cluster.sim;

import dev.labrys.history.Outcome;
import java.util.function.Consumer;

/// Somebody who makes one call after the other.
@FunctionalInterface
public interface Caller {

  /// Makes the next call. `done` is told its outcome, later.
  void call(Consumer<Outcome> done);
}
