package dev.labrys.lab;

import dev.labrys.cluster.sim.Delay;
import dev.labrys.cluster.sim.DiskProfile;
import dev.labrys.cluster.sim.FaultMix;
import dev.labrys.cluster.sim.FaultMix.Kind;
import dev.labrys.cluster.sim.FaultPlan;
import dev.labrys.cluster.sim.Weather;
import dev.labrys.cluster.sim.Weather.Order;
import dev.labrys.history.Seed;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RaftOptions.Reads;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What a soak run is: a cluster, its clients, and what is to go wrong. All of it is drawn from the
/// seed of the run.
///
/// @param servers how many there are
/// @param voters how many of them are the cluster at first
/// @param weather between servers while nothing is wrong with it
/// @param clients who each make one call after the other
/// @param pauseNanos how long a client waits between two calls, at most
/// @param faults what goes wrong
/// @param requests what else is wanted of the cluster
/// @param requestNanos how long it takes on average until something is wanted once more
/// @param durationNanos after which everything is healed, and nothing more is wanted
public record SoakPlan(
    int servers,
    int voters,
    RaftOptions raft,
    Weather weather,
    DiskProfile disk,
    SoakWorkload workload,
    int clients,
    long pauseNanos,
    FaultMix faults,
    Set<SoakRequest> requests,
    long requestNanos,
    long durationNanos) {
  private static final List<SoakWorkload> WORKLOADS = List.of(SoakWorkload.values());
  private static final long MICRO = 1_000L;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_SERVERS = 7;

  public SoakPlan {
    requests = Set.copyOf(requests);
  }

  /// The plan of the run that is made from `seed`.
  public static SoakPlan draw(Seed seed) {
    RandomGenerator random = seed.stream("soak plan");
    int servers = random.nextInt(1, MOST_SERVERS + 1);
    int voters = servers > 3 && random.nextInt(3) == 0 ? 3 : servers;
    RaftOptions raft = raft(random);
    return new SoakPlan(
        servers,
        voters,
        raft,
        weather(random),
        disk(random),
        WORKLOADS.get(random.nextInt(WORKLOADS.size())),
        random.nextInt(1, 9),
        random.nextLong(5 * MILLI, 400 * MILLI),
        faults(random, raft),
        requests(random, servers, raft),
        random.nextLong(raft.electionMinNanos(), 10 * raft.electionMaxNanos()),
        random.nextLong(20, 90) * SECOND);
  }

  private static RaftOptions raft(RandomGenerator random) {
    long heartbeat = random.nextLong(20, 151);
    long electionMin = heartbeat * random.nextLong(3, 8);
    long electionMax = electionMin * random.nextLong(3, 7) / 2;
    Reads reads = pick(random, Reads.INDEX, Reads.INDEX, Reads.LEASE, Reads.LOG);
    boolean hasNoop = reads != Reads.LOG || random.nextBoolean();
    boolean hasCheckQuorum = reads == Reads.LEASE || random.nextInt(3) > 0;
    List<String> wanted = new ArrayList<>();
    wanted.add("heartbeat=%dms".formatted(heartbeat));
    wanted.add("election-min=%dms".formatted(electionMin));
    wanted.add("election-max=%dms".formatted(electionMax));
    wanted.add("pre-vote=" + (random.nextInt(3) > 0));
    wanted.add("check-quorum=" + hasCheckQuorum);
    wanted.add("no-op=" + hasNoop);
    wanted.add("reads=" + reads.name().toLowerCase(Locale.ROOT));
    wanted.add("batch-entries=" + pick(random, 1, 3, 20, 1_000));
    wanted.add("batch-bytes=" + pick(random, 1, 100, 1 << 20));
    wanted.add("pipeline=" + pick(random, 1, 2, 8, 64));
    wanted.add("snapshot-entries=" + pick(random, 0, 5, 20, 100, 1_000));
    wanted.add("snapshot-chunk=" + pick(random, 200, 1_000, 1 << 16));
    wanted.add("waiting-requests=" + pick(random, 2, 20, 10_000));
    return RaftOptions.parse(wanted);
  }

  private static Weather weather(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> Weather.FAIR;
      case 1 ->
          new Weather(
              new Delay.Uniform(100 * MICRO, 5 * MILLI), 0, 0, 0, Delay.NONE, Order.BY_DELAY);
      case 2 ->
          new Weather(
              new Delay.LongTail(200 * MICRO, 2 * MILLI, 500 * MILLI),
              random.nextInt(30),
              random.nextInt(30),
              0,
              Delay.NONE,
              Order.BY_DELAY);
      default ->
          new Weather(
              new Delay.Uniform(100 * MICRO, 2 * MILLI),
              random.nextInt(50),
              random.nextInt(50),
              random.nextInt(20),
              new Delay.Uniform(50 * MILLI, 2_000 * MILLI),
              Order.BY_DELAY);
    };
  }

  private static DiskProfile disk(RandomGenerator random) {
    Delay latency =
        switch (random.nextInt(3)) {
          case 0 -> new Delay.Uniform(20 * MICRO, 200 * MICRO);
          case 1 -> new Delay.LongTail(100 * MICRO, MILLI, 100 * MILLI);
          default -> new Delay.Uniform(MILLI, 8 * MILLI);
        };
    return new DiskProfile(latency, DiskProfile.SOLID.flushNanos());
  }

  /// From a few times until somebody stands for election up to many of these.
  private static FaultMix faults(RandomGenerator random, RaftOptions raft) {
    Set<Kind> kinds = EnumSet.allOf(Kind.class);
    if (raft.reads() == Reads.LEASE) {
      kinds.remove(Kind.JUMP);
    }
    long unit = raft.electionMaxNanos();
    Delay gap = new Delay.LongTail(unit / 8, random.nextLong(unit / 4, 8 * unit), 20 * unit);
    Delay duration = new Delay.LongTail(unit / 16, random.nextLong(unit / 4, 6 * unit), 20 * unit);
    return new FaultMix(kinds, gap, duration, random.nextInt(1, 6)).swarm(random);
  }

  private static Set<SoakRequest> requests(RandomGenerator random, int servers, RaftOptions raft) {
    EnumSet<SoakRequest> requests = EnumSet.noneOf(SoakRequest.class);
    for (SoakRequest request : SoakRequest.values()) {
      if (random.nextBoolean() && request.isFair(servers, raft)) {
        requests.add(request);
      }
    }
    return requests;
  }

  private static Reads pick(RandomGenerator random, Reads... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static int pick(RandomGenerator random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// The same, but for how servers behave.
  public SoakPlan withRaft(RaftOptions changed) {
    return new SoakPlan(
        servers,
        voters,
        changed,
        weather,
        disk,
        workload,
        clients,
        pauseNanos,
        faults,
        requests,
        requestNanos,
        durationNanos);
  }

  /// What goes wrong when in the run that is made from `seed`.
  public FaultPlan faultPlan(Seed seed) {
    List<ServerId> all = Configuration.ofVoters(servers).voters();
    return FaultPlan.draw(faults, all, seed.stream("soak faults"), 0, durationNanos);
  }

  /// In a line.
  @Override
  public String toString() {
    return "%d servers, %d voters, %s, %s, disk %s, %d clients: %s every %d ms, %s, %s every %d ms, %d s"
        .formatted(
            servers,
            voters,
            raft,
            weather,
            disk.latency(),
            clients,
            workload,
            pauseNanos / MILLI,
            faults,
            requests,
            requestNanos / MILLI,
            durationNanos / SECOND);
  }
}
