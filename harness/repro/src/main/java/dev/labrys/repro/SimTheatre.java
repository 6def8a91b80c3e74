package dev.labrys.repro;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.sim.Reply;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Seed;
import dev.labrys.liveness.Asked;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A simulated cluster: what takes seconds elsewhere takes a few milliseconds here, and the same
/// seed gives the same play.
public final class SimTheatre implements Theatre {
  private static final Bytes COMMAND =
      new SessionCommand.Unprotected(new Command.Put("x", new Datum.Whole(1)).toBytes()).toBytes();

  private final Simulation simulation;
  private final SimCluster cluster;

  private SimTheatre(Simulation simulation) {
    this.simulation = simulation;
    this.cluster = new SimCluster(simulation);
  }

  /// So many servers, which behave as `raft` says.
  public static SimTheatre open(int servers, RaftOptions raft, Seed seed) {
    return new SimTheatre(
        Simulation.of(
            SimulationOptions.of(servers, () -> new Sessions(new Store())).withRaft(raft), seed));
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public long nowNanos() {
    return simulation.nowNanos();
  }

  @Override
  public void pass(long nanos) {
    simulation.run(nanos);
  }

  @Override
  public Supplier<Asked> ask(NodeId node) {
    AtomicReference<Asked> asked =
        new AtomicReference<>(new Asked(nowNanos(), new Asked.Pending()));
    simulation
        .server(new ServerId(cluster.nodes().indexOf(node) + 1))
        .propose(COMMAND, reply -> asked.updateAndGet(old -> new Asked(old.nanos(), end(reply))));
    return asked::get;
  }

  private Asked.End end(Reply reply) {
    return reply instanceof Reply.Output
        ? new Asked.Done(nowNanos())
        : new Asked.Refused(nowNanos());
  }

  @Override
  public void close() {
    cluster.close();
  }
}
