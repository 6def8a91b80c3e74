package dev.labrys.repro;

import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Seed;
import dev.labrys.host.HostReport;
import dev.labrys.host.HostStall;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// How a Raft with some settings would bear a machine: a cluster is simulated whose servers stall
/// as that machine did, each as it did at another time, over and over.
///
/// @param elections in this time that nobody needed
/// @param simulatedNanos how much time was simulated
public record Bearing(Setting setting, long elections, long simulatedNanos) {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long HOUR = 3_600 * SECOND;
  private static final long SIMULATED = HOUR / 6;
  private static final int SERVERS = 3;

  /// How often a leader is heard, and after what time without it a server stands.
  public record Setting(long heartbeatMillis, long electionMinMillis, long electionMaxMillis) {

    RaftOptions raft() {
      return RaftOptions.parse(
          List.of(
              "heartbeat=" + heartbeatMillis + "ms",
              "election-min=" + electionMinMillis + "ms",
              "election-max=" + electionMaxMillis + "ms"));
    }

    @Override
    public String toString() {
      return "heartbeat=%dms election-min=%dms election-max=%dms"
          .formatted(heartbeatMillis, electionMinMillis, electionMaxMillis);
    }
  }

  /// From those of a machine that does nothing else to those of a bad one.
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(5, 20, 40),
          new Setting(10, 40, 80),
          new Setting(20, 80, 160),
          new Setting(50, 200, 400),
          new Setting(100, 400, 800),
          new Setting(200, 1_000, 2_000),
          new Setting(500, 2_500, 5_000));

  /// How each of [#SETTINGS] would bear the machine that was watched.
  public static List<Bearing> of(HostReport host, Seed seed) {
    return SETTINGS.parallelStream().map(setting -> of(setting, host, seed)).toList();
  }

  private static Bearing of(Setting setting, HostReport host, Seed seed) {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.of(SERVERS, () -> new Sessions(new Store())).withRaft(setting.raft()),
            seed);
    long settled = 2 * setting.electionMaxMillis() * MILLI + 10 * SECOND;
    simulation.runUntil(settled);
    long before = term(simulation);
    for (ServerId server : simulation.servers()) {
      new Echo(simulation, server, host).begin(seed.stream("stalls of " + server));
    }
    simulation.runUntil(settled + SIMULATED);
    return new Bearing(setting, term(simulation) - before, SIMULATED);
  }

  private static long term(Simulation simulation) {
    return simulation.servers().stream()
        .mapToLong(server -> simulation.server(server).status().term())
        .max()
        .orElse(0);
  }

  /// Elections that nobody needed, in an hour.
  public double perHour() {
    return (double) elections * HOUR / simulatedNanos;
  }

  /// Lets a server stall as the machine did, beginning anywhere, and from the start again.
  private static final class Echo {
    private final Simulation simulation;
    private final ServerId server;
    private final long length;
    private final long begun;
    private final List<HostStall> stalls;
    private int next;
    private long round;

    Echo(Simulation simulation, ServerId server, HostReport host) {
      this.simulation = simulation;
      this.server = server;
      this.length = Math.max(1, host.toNanos() - host.fromNanos());
      this.begun = host.fromNanos();
      this.stalls = new ArrayList<>(host.stalls());
    }

    void begin(RandomGenerator random) {
      if (!stalls.isEmpty()) {
        round = simulation.nowNanos() - random.nextLong(length);
        plan();
      }
    }

    /// Plans the next stall that has not passed.
    private void plan() {
      while (nextNanos() < simulation.nowNanos()) {
        advance();
      }
      simulation.at(nextNanos(), this::stall);
    }

    private long nextNanos() {
      return round + stalls.get(next).startNanos() - begun;
    }

    private void advance() {
      next++;
      if (next == stalls.size()) {
        next = 0;
        round += length;
      }
    }

    private void stall() {
      simulation.pause(server);
      simulation.after(stalls.get(next).nanos(), this::goOn);
    }

    private void goOn() {
      simulation.resume(server);
      advance();
      plan();
    }
  }
}
