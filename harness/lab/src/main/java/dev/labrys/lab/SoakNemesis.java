package dev.labrys.lab;

import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.SimServer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.Weather;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RaftOptions.Reads;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Makes things go wrong in a soak run, one after the other and several at a time, and has each end
/// after a while; until all of it [ends][#heal].
final class SoakNemesis {
  private static final long MILLI = 1_000_000L;
  private static final int MOST_EFFECTS = 30;

  /// Less than what leases allow for, on either of two clocks.
  private static final int LEASED_PPM = 20_000;

  private static final int FREE_PPM = 100_000;

  private final Simulation simulation;
  private final SoakPlan plan;
  private final RandomGenerator random;
  private final List<ServerId> servers;
  private final List<SoakFault> choices;
  private final Map<SoakFault, Integer> strikes = new EnumMap<>(SoakFault.class);

  /// Servers that will end by themselves, and how often they had been started by then.
  private final Map<ServerId, Integer> doomed = new TreeMap<>();

  private long stalledUntil;
  private boolean isOver;

  private SoakNemesis(Simulation simulation, SoakPlan plan) {
    this.simulation = simulation;
    this.plan = plan;
    this.random = simulation.random("soak nemesis");
    this.servers = simulation.servers();
    this.choices = plan.faults().stream().sorted().toList();
  }

  static SoakNemesis begin(Simulation simulation, SoakPlan plan) {
    SoakNemesis nemesis = new SoakNemesis(simulation, plan);
    nemesis.planNext();
    return nemesis;
  }

  /// How often it did what.
  Map<SoakFault, Integer> strikes() {
    return strikes;
  }

  private void planNext() {
    simulation.after(random.nextLong(2 * plan.faultNanos()) + 1, this::strike);
  }

  private void strike() {
    if (isOver) {
      return;
    }
    planNext();
    SoakFault fault = choices.get(random.nextInt(choices.size()));
    ServerId victim = victim();
    simulation.announce(fault + " " + victim);
    strikes.merge(fault, 1, Integer::sum);
    Runnable end = strike(fault, victim);
    simulation.after(
        lengthNanos(),
        () -> {
          if (!isOver) {
            end.run();
          }
        });
  }

  /// The leader as often as not.
  private ServerId victim() {
    ServerId leader = leader();
    boolean isLeader = random.nextBoolean() && !leader.equals(ServerId.NOBODY);
    return isLeader ? leader : servers.get(random.nextInt(servers.size()));
  }

  /// Who leads in the latest term, if anybody does.
  private ServerId leader() {
    ServerId leader = ServerId.NOBODY;
    long term = 0;
    for (ServerId id : servers) {
      SimServer server = simulation.server(id);
      if (server.isUp()) {
        Status status = server.status();
        if (status.role() == Status.RoleName.LEADER && status.term() > term) {
          leader = id;
          term = status.term();
        }
      }
    }
    return leader;
  }

  /// Often less than it takes to notice, sometimes much more.
  private long lengthNanos() {
    RaftOptions raft = plan.raft();
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong(raft.electionMinNanos());
      case 1, 2 -> random.nextLong(raft.electionMinNanos(), 4 * raft.electionMaxNanos());
      default -> random.nextLong(4 * raft.electionMaxNanos(), 12 * raft.electionMaxNanos());
    };
  }

  /// Does it.
  ///
  /// @return what undoes it
  private Runnable strike(SoakFault fault, ServerId victim) {
    return switch (fault) {
      case CRASH, CRASH_BETWEEN_EFFECTS, POWER_LOSS, BLACKOUT -> end(fault, victim);
      case PAUSE, STALL_TIMERS, SLOW_SERVER -> slow(fault, victim);
      case ISOLATE, DEAF_OR_DUMB, SPLIT, BRIDGE, ONE_WAY_LINKS -> cut(links(fault, victim));
      case STORM -> storm();
      case CLOCK_DRIFT, CLOCK_JUMP -> tamper(fault, victim);
      case SLOW_DISK, HANGING_DISK -> burden(fault, victim);
      case SNAPSHOT, TRANSFER, CHANGE_MEMBERSHIP -> {
        request(fault, victim);
        yield () -> {};
      }
    };
  }

  private Runnable end(SoakFault fault, ServerId victim) {
    if (fault == SoakFault.BLACKOUT) {
      for (ServerId id : servers) {
        if (simulation.server(id).isUp()) {
          simulation.powerLoss(id);
        }
      }
      return () -> servers.forEach(this::startLater);
    }
    if (simulation.server(victim).isUp()) {
      switch (fault) {
        case CRASH -> simulation.crash(victim);
        case POWER_LOSS -> simulation.powerLoss(victim);
        default -> {
          doomed.put(victim, simulation.server(victim).starts());
          simulation.crashAfter(victim, random.nextInt(1, MOST_EFFECTS));
        }
      }
    }
    return () -> start(victim);
  }

  private void startLater(ServerId id) {
    simulation.after(random.nextLong(plan.raft().electionMaxNanos()), () -> start(id));
  }

  private void start(ServerId id) {
    if (!simulation.server(id).isUp()) {
      simulation.start(id);
    }
  }

  private Runnable slow(SoakFault fault, ServerId victim) {
    if (!simulation.server(victim).isUp()) {
      return () -> {};
    }
    switch (fault) {
      case PAUSE -> simulation.pause(victim);
      case STALL_TIMERS -> {
        long nanos = random.nextLong(1, 4 * plan.raft().electionMaxNanos());
        stalledUntil = Math.max(stalledUntil, simulation.nowNanos() + nanos);
        simulation.stallTimers(victim, nanos);
      }
      default -> simulation.slowDown(victim, random.nextLong(MILLI / 10, 20 * MILLI));
    }
    return () -> quicken(victim);
  }

  private void quicken(ServerId id) {
    SimServer server = simulation.server(id);
    simulation.slowDown(id, 0);
    if (server.isUp() && server.isPaused()) {
      simulation.resume(id);
    }
  }

  /// A link in one direction.
  private record Way(ServerId from, ServerId to) {}

  private Runnable cut(List<Way> ways) {
    ways.forEach(way -> simulation.network().cut(way.from(), way.to()));
    return () -> ways.forEach(way -> simulation.network().heal(way.from(), way.to()));
  }

  private List<Way> links(SoakFault fault, ServerId victim) {
    List<Way> ways = new ArrayList<>();
    boolean isDeaf = random.nextBoolean();
    long parts = random.nextLong();
    ServerId bridge = servers.get(random.nextInt(servers.size()));
    for (ServerId from : servers) {
      for (ServerId to : servers) {
        boolean isCut =
            switch (fault) {
              case ISOLATE -> from.equals(victim) || to.equals(victim);
              case DEAF_OR_DUMB -> (isDeaf ? to : from).equals(victim);
              case SPLIT -> isApart(parts, from, to);
              case BRIDGE ->
                  isApart(parts, from, to) && !from.equals(bridge) && !to.equals(bridge);
              default -> random.nextInt(4) == 0;
            };
        if (isCut && !from.equals(to)) {
          ways.add(new Way(from, to));
        }
      }
    }
    return ways;
  }

  private static boolean isApart(long parts, ServerId one, ServerId other) {
    return ((parts >>> one.number()) & 1) != ((parts >>> other.number()) & 1);
  }

  private Runnable storm() {
    long slow = plan.raft().electionMinNanos();
    simulation
        .network()
        .weather(
            new Weather(
                new Delay.LongTail(MILLI / 10, random.nextLong(MILLI, slow / 2), 2 * slow),
                random.nextInt(300),
                random.nextInt(300),
                random.nextInt(200),
                new Delay.Uniform(slow, 10 * slow),
                Weather.Order.BY_DELAY));
    return () -> simulation.network().weather(plan.weather());
  }

  private Runnable tamper(SoakFault fault, ServerId victim) {
    if (fault == SoakFault.CLOCK_JUMP) {
      simulation.clock(victim).jump(random.nextLong(2 * plan.raft().electionMaxNanos()));
      return () -> {};
    }
    int most = plan.raft().reads() == Reads.LEASE ? LEASED_PPM : FREE_PPM;
    simulation.clock(victim).drift(random.nextInt(-most, most + 1));
    return () -> simulation.clock(victim).drift(0);
  }

  private Runnable burden(SoakFault fault, ServerId victim) {
    if (fault == SoakFault.HANGING_DISK) {
      simulation.disk(victim).hang();
      return () -> simulation.disk(victim).resume();
    }
    simulation
        .disk(victim)
        .latency(new Delay.Uniform(MILLI, random.nextLong(2, 300) * MILLI));
    return () -> simulation.disk(victim).latency(plan.disk().latency());
  }

  private void request(SoakFault fault, ServerId victim) {
    SimServer server = simulation.server(victim);
    if (!server.isUp()) {
      return;
    }
    switch (fault) {
      case SNAPSHOT -> server.takeSnapshot();
      case TRANSFER ->
          server.transfer(servers.get(random.nextInt(servers.size())), _ -> {});
      default -> changeMembership(server);
    }
  }

  /// Any servers that there are: the old cluster and the new one need not have one in common.
  private void changeMembership(SimServer server) {
    List<ServerId> voters = new ArrayList<>();
    List<ServerId> learners = new ArrayList<>();
    for (ServerId id : servers) {
      switch (random.nextInt(4)) {
        case 0 -> {}
        case 1 -> learners.add(id);
        default -> voters.add(id);
      }
    }
    server.changeMembership(voters, learners, _ -> {});
  }

  /// Ends all that goes wrong: every server runs, and hears every other.
  ///
  /// @return when the last of it is over
  long heal() {
    isOver = true;
    simulation.announce("all is healed");
    simulation.network().healAll();
    simulation.network().weather(plan.weather());
    for (ServerId id : servers) {
      SimServer server = simulation.server(id);
      if (server.isUp() && doomed.getOrDefault(id, 0) == server.starts()) {
        simulation.crash(id);
      }
      start(id);
      quicken(id);
      simulation.clock(id).drift(0);
      simulation.disk(id).latency(plan.disk().latency());
      simulation.disk(id).resume();
    }
    return Math.max(stalledUntil, simulation.nowNanos());
  }
}
