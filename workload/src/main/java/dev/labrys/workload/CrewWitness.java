package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Reply;

/// Somebody who watches a crew at work: statistics, a live view. Told from the threads of the crew,
/// and keeps them waiting.
public interface CrewWitness {

  /// Nobody cares.
  CrewWitness NONE = (client, action, startNanos, endNanos, reply) -> {};

  /// `client` is done with `action`. Times are those of the journal.
  void completed(int client, Action action, long startNanos, long endNanos, Reply reply);

  /// `client` did not do what a client has to: it threw something, or did not come back in time.
  /// What it was asked for has been recorded as unknown, and [#completed] is told as well.
  default void misbehaved(int client, Action action, Throwable trouble) {}
}
