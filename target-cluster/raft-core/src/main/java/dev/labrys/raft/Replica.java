package dev.labrys.raft;

import java.util.List;

/// One server of a cluster, as a function of what it is told.
///
/// It owns no thread, no clock, no socket and no file; whoever runs it ("the shell") feeds it
/// inputs one by one, or [together][Input.Together], and performs the effects it gives, in the
/// order that [Effect] demands. Two replicas that are told the same at the same times do the same.
public interface Replica {

  /// Tells it something.
  ///
  /// @param nowNanos the server's own clock, which never goes back; nothing but the differences
  ///   matter
  /// @return what it wants done, in this order
  List<Effect> step(long nowNanos, Input input);

  /// What can be seen from outside.
  Status status();

  /// Its log, as of the last step.
  LogView log();
}
