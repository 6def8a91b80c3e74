package dev.labrys.cluster;

import java.util.function.Consumer;

/// A [Client] of a simulated system: it can't wait, and is told.
public interface EventClient {

  /// Has `action` done. `then` is told what came of it, later or at once.
  ///
  /// @throws IllegalStateException if something is under way
  void invoke(Action action, Consumer<Reply> then);
}
