package dev.labrys.experiment;

import dev.labrys.cluster.Client;
import java.time.Duration;
import java.util.List;

/// Experiments for tests.
final class Samples {
  private Samples() {}

  static Experiment simulated(String workload, String faults, long seed, String... raftOptions) {
    return simulated(
        workload, new Experiment.Trouble(faults, "", Duration.ofSeconds(5)), seed, raftOptions);
  }

  static Experiment simulated(
      String workload, Experiment.Trouble trouble, long seed, String... raftOptions) {
    return new Experiment(
        workload,
        seed,
        new Experiment.ClusterPlan("labrys-raft", Deployment.SIMULATION, 5, List.of(raftOptions)),
        new Experiment.Load(
            workload,
            10,
            200,
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Client.Habit.OWN_NODE),
        trouble);
  }

  /// A short run in which all nodes start again shortly before the load should end.
  static Experiment recoveringLate(Deployment deployment, int nodes, String... raftOptions) {
    return new Experiment(
        "late",
        5,
        new Experiment.ClusterPlan("labrys-raft", deployment, nodes, List.of(raftOptions)),
        new Experiment.Load(
            "register",
            3,
            100,
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Client.Habit.OWN_NODE),
        new Experiment.Trouble("", "300ms..600ms kill:target=all\n", Duration.ofSeconds(20)));
  }
}
