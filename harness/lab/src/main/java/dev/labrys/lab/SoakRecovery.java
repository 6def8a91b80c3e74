package dev.labrys.lab;

import dev.labrys.cluster.sim.ClientCall;
import dev.labrys.cluster.sim.ClientOptions;
import dev.labrys.cluster.sim.Reply;
import dev.labrys.cluster.sim.SimClient;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.SessionCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Liveness: a cluster in which nothing is wrong any more executes a new command within a time that
/// is known beforehand, and all its members get to see it.
public final class SoakRecovery {
  private static final long SECOND = 1_000_000_000L;

  private final Simulation simulation;
  private final long boundNanos;
  private boolean isExecuted;

  private SoakRecovery(Simulation simulation, long boundNanos) {
    this.simulation = simulation;
    this.boundNanos = boundNanos;
  }

  /// What became of the cluster.
  public sealed interface Outcome {

    /// It works.
    ///
    /// @param nanos how long it took until the command was executed
    record Recovered(long nanos) implements Outcome {}

    /// It does not.
    record Stuck(String reason) implements Outcome {}
  }

  /// How long it may take: several elections, of which some come to nothing, and a client that
  /// looks for the leader.
  public static long boundNanos(RaftOptions raft) {
    return 10 * raft.electionMaxNanos() + 5 * SECOND;
  }

  /// Lets the simulation, in which nothing is wrong, go on until the cluster works.
  public static Outcome await(Simulation simulation) {
    return new SoakRecovery(simulation, boundNanos(simulation.options().raft())).await();
  }

  private Outcome await() {
    long start = simulation.nowNanos();
    Bytes command =
        new SessionCommand.Unprotected(new Command.Put("recovery", Datum.of(start)).toBytes())
            .toBytes();
    ClientOptions patient =
        new ClientOptions(
            ClientOptions.DEFAULTS.attemptNanos(),
            ClientOptions.DEFAULTS.pauseNanos(),
            2 * boundNanos,
            ClientOptions.Repetition.ALL);
    SimClient client = simulation.client(patient);
    client.ask(
        ClientCall.Kind.COMMAND, command, reply -> isExecuted = reply instanceof Reply.Output);
    if (!simulation.runUntil(() -> isExecuted, start + boundNanos)) {
      return new Outcome.Stuck(
          "no new command was executed within %d ms after all was healed: %s"
              .formatted(boundNanos / 1_000_000, statuses()));
    }
    long executed = simulation.nowNanos();
    Optional<Status> leader = leader();
    if (leader.isEmpty()) {
      return new Outcome.Recovered(executed - start);
    }
    return catchUp(leader.get().configuration().members(), leader.get().commitIndex())
        ? new Outcome.Recovered(executed - start)
        : new Outcome.Stuck(
            "not all members have gone on to entry %d within %d ms: %s"
                .formatted(leader.get().commitIndex(), boundNanos / 1_000_000, statuses()));
  }

  /// Waits until all members that run have applied the entry `index`. How long that takes depends
  /// on how far they are behind; but the last of them must go on.
  private boolean catchUp(List<ServerId> members, long index) {
    long lowest = lowestApplied(members);
    while (lowest < index) {
      long before = lowest;
      if (!simulation.runUntil(
          () -> lowestApplied(members) > before, simulation.nowNanos() + boundNanos)) {
        return false;
      }
      lowest = lowestApplied(members);
    }
    return true;
  }

  private long lowestApplied(List<ServerId> members) {
    long lowest = Long.MAX_VALUE;
    for (int i = 0; i < members.size(); i++) {
      SimServer member = simulation.server(members.get(i));
      lowest = member.isUp() ? Math.min(lowest, member.applied()) : lowest;
    }
    return lowest;
  }

  private Optional<Status> leader() {
    return statuses().stream().filter(status -> status.role() == Status.RoleName.LEADER).findAny();
  }

  private List<Status> statuses() {
    List<Status> statuses = new ArrayList<>();
    for (ServerId id : simulation.servers()) {
      if (simulation.server(id).isUp()) {
        statuses.add(simulation.server(id).status());
      }
    }
    return statuses;
  }
}
