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
}
