package dev.labrys.lab;

import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.Victim;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.SessionCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Wants one thing after the other of the cluster of a soak run, and does not care for the answers.
final class SoakRequests {
  private static final int MOST_OF_BURST = 30;

  private final Simulation simulation;
  private final SoakPlan plan;
  private final RandomGenerator random;
  private final List<SoakRequest> choices;

  private SoakRequests(Simulation simulation, SoakPlan plan) {
    this.simulation = simulation;
    this.plan = plan;
    this.random = simulation.random("soak requests");
    this.choices = plan.requests().stream().sorted().toList();
  }

  /// Begins in `simulation` what `plan` says, to end when its faults end.
  static void begin(Simulation simulation, SoakPlan plan) {
    if (!plan.requests().isEmpty()) {
      new SoakRequests(simulation, plan).planNext();
    }
  }

  private void planNext() {
    long next = simulation.nowNanos() + random.nextLong(2 * plan.requestNanos()) + 1;
    if (next < plan.durationNanos()) {
      simulation.at(next, this::ask);
    }
  }

  private void ask() {
    planNext();
    SoakRequest request = choices.get(random.nextInt(choices.size()));
    ServerId asked =
        new Victim.Leader().in(simulation).filter(_ -> random.nextInt(4) > 0).orElse(any());
    SimServer server = simulation.server(asked);
    if (!server.isUp()) {
      return;
    }
    simulation.announce(request + " is wanted of " + asked);
    switch (request) {
      case BURST -> simulation.servers().forEach(this::burst);
      case SNAPSHOT -> server.takeSnapshot();
      case TRANSFER -> server.transfer(any(), _ -> {});
      case CHANGE_MEMBERSHIP -> changeMembership(server);
    }
  }

  /// All are asked, so that those who lead without knowing better get a tail that nobody else has.
  private void burst(ServerId id) {
    SimServer server = simulation.server(id);
    int count = random.nextInt(MOST_OF_BURST) + 1;
    for (int i = 0; i < count && server.isUp(); i++) {
      Command command = new Command.Put("burst", Datum.of(simulation.nowNanos()));
      server.propose(new SessionCommand.Unprotected(command.toBytes()).toBytes(), _ -> {});
    }
  }

  private ServerId any() {
    List<ServerId> servers = simulation.servers();
    return servers.get(random.nextInt(servers.size()));
  }

  /// Any servers that there are: the old cluster and the new one need not have one in common.
  private void changeMembership(SimServer server) {
    List<ServerId> voters = new ArrayList<>();
    List<ServerId> learners = new ArrayList<>();
    for (ServerId id : simulation.servers()) {
      switch (random.nextInt(4)) {
        case 0 -> {}
        case 1 -> learners.add(id);
        default -> voters.add(id);
      }
    }
    server.changeMembership(voters, learners, _ -> {});
  }
}
