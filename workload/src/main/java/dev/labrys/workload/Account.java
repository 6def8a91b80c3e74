package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;

/// As which process a client acts, and what is told of it.
final class Account {
  private final int client;
  private final int clients;
  private final Scribe scribe;
  private final CrewWitness witness;
  private int process;

  /// An action that is under way.
  record Entry(Action action, int process, long startNanos) {}

  /// @param clients how many there are
  Account(int client, int clients, Scribe scribe, CrewWitness witness) {
    this.client = client;
    this.clients = clients;
    this.scribe = scribe;
    this.witness = witness;
    this.process = client;
  }

  int process() {
    return process;
  }

  Entry begin(Action action) {
    return new Entry(action, process, scribe.invoked(process, action));
  }

  /// A process whose operation may still be under way does nothing else any more.
  void end(Entry entry, Reply reply) {
    long endNanos = scribe.completed(entry.process(), reply);
    if (reply.outcome() instanceof Outcome.Unknown) {
      process += clients;
    }
    witness.completed(client, entry.action(), entry.startNanos(), endNanos, reply);
  }

  void misbehaved(Entry entry, Throwable trouble) {
    witness.misbehaved(client, entry.action(), trouble);
  }
}
