package dev.labrys.experiment;

import dev.labrys.cluster.Client;
import dev.labrys.workload.Generator;
import dev.labrys.workload.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// All that a run is made from. Two simulated runs of equal experiments are the same to the byte.
///
/// @param name for people
/// @param seed from which all is drawn that is not said here
/// @param cluster what is put to the test
/// @param load what its clients do
/// @param trouble what goes wrong meanwhile
public record Experiment(String name, long seed, ClusterPlan cluster, Load load, Trouble trouble) {
  private static final long LONGEST_CALM = TimeUnit.MINUTES.toNanos(1);

  public Experiment {
    require(!name.isBlank(), "a run is called something");
  }

  /// What is put to the test.
  ///
  /// @param system which program the nodes are
  /// @param nodes how many
  /// @param raftOptions `key=value` each, as the system takes them
  /// @param links what stands between them
  public record ClusterPlan(
      String system, Deployment deployment, int nodes, List<String> raftOptions, LinkPlan links) {

    /// More nodes than this are refused.
    public static final int MOST_NODES = 15;

    public ClusterPlan {
      require(nodes >= 1 && nodes <= MOST_NODES, "a cluster has 1 to 15 nodes, not " + nodes);
      require(
          deployment != Deployment.SIMULATION || links.equals(LinkPlan.EMBEDDED),
          "a simulation has a network of its own, and nothing else between its nodes");
      raftOptions = List.copyOf(raftOptions);
    }

    /// With proxies in the runner itself.
    public ClusterPlan(String system, Deployment deployment, int nodes, List<String> raftOptions) {
      this(system, deployment, nodes, raftOptions, LinkPlan.EMBEDDED);
    }

    /// The system that is named so.
    ///
    /// @throws IllegalArgumentException if there is none
    public TestedSystem tested() {
      return TestedSystem.named(system);
    }

    /// The same with something else between the nodes.
    public ClusterPlan with(LinkPlan others) {
      return new ClusterPlan(system, deployment, nodes, raftOptions, others);
    }
  }

  /// What clients do.
  ///
  /// @param time how long they do it
  /// @param rate so many operations are begun in a second, by all together; 0 for as many as go
  /// @param patience after which an operation's outcome counts as unknown
  public record Load(
      String workload,
      int clients,
      double rate,
      Duration time,
      Duration patience,
      Client.Habit habit) {

    /// More clients than this are refused.
    public static final int MOST_CLIENTS = 10_000;

    /// No run is longer.
    public static final Duration LONGEST = Duration.ofDays(7);

    public Load {
      require(
          clients >= 1 && clients <= MOST_CLIENTS, "a run has 1 to 10000 clients, not " + clients);
      require(rate >= 0 && rate <= 1e6, "a rate is between 0 and a million, not " + rate);
      require(
          time.isPositive() && time.compareTo(LONGEST) <= 0,
          "a run lasts up to seven days, not " + time);
      require(patience.isPositive(), "a client waits for some time, not " + patience);
    }
  }

  /// What goes wrong.
  ///
  /// @param faults kinds of trouble, as [dev.labrys.nemesis.Menace] reads them; empty for none
  /// @param schedule a schedule to be played instead, as [dev.labrys.nemesis.Schedule] reads it;
  ///   empty for none
  /// @param recovery within which the cluster must serve again once all is healed
  public record Trouble(String faults, String schedule, Duration recovery) {
    public Trouble {
      require(recovery.isPositive(), "a recovery takes some time, not " + recovery);
    }

    /// Whether anything is to go wrong.
    public boolean isAny() {
      return !faults.isEmpty() || !schedule.isEmpty();
    }
  }

  /// When everything is healed: early enough that the recovery falls into the time of the load.
  public long calmNanos() {
    long whole = load.time().toNanos();
    long recovery = trouble.recovery().toNanos();
    long calm = Math.max(Math.min(whole / 5, LONGEST_CALM), recovery + recovery / 5);
    return whole - Math.min(calm, whole / 2);
  }

  /// What clients do, at the rate that was asked for.
  Generator paced(Generator work) {
    return load.rate() == 0 ? work : work.paced(Pace.poisson(load.rate()));
  }

  private static void require(boolean isSo, String complaint) {
    if (!isSo) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
