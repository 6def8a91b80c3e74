package dev.labrys.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The command that makes a run again.
final class Replay {
  private Replay() {}

  /// With the same plan of faults.
  ///
  /// @param folder of the run
  static String command(Experiment experiment, RunFolder folder) {
    Experiment.Trouble trouble = experiment.trouble();
    if (!trouble.schedule().isEmpty()) {
      return command(experiment, "--schedule", folder.schedule().toString());
    }
    return command(experiment, "--faults", trouble.faults().isEmpty() ? "none" : trouble.faults());
  }

  /// With what was really done, to the same nodes at the same times.
  ///
  /// @param folder of the run
  static String faults(Experiment experiment, RunFolder folder) {
    return command(experiment, "--replay-faults", folder.path().toString());
  }

  private static String command(Experiment experiment, String means, String trouble) {
    Experiment.ClusterPlan cluster = experiment.cluster();
    Experiment.Load load = experiment.load();
    List<String> words = new ArrayList<>(List.of("./labrys", "run"));
    if (!cluster.system().equals(TestedSystem.LABRYS_RAFT.title())) {
      add(words, "--system", cluster.system());
    }
    add(words, "--deploy", cluster.deployment().toString());
    if (!cluster.image().isEmpty()) {
      add(words, "--image", cluster.image());
    }
    add(words, "--nodes", Integer.toString(cluster.nodes()));
    cluster.raftOptions().forEach(option -> add(words, "--raft-option", option));
    switch (cluster.links()) {
      case LinkPlan.Embedded _ -> {}
      case LinkPlan.Contained contained -> add(words, "--toxiproxy", contained.text());
      case LinkPlan.Kernel _ -> add(words, "--links", "kernel");
      case LinkPlan.Server server -> add(words, "--toxiproxy", server.text());
    }
    add(words, "--workload", load.workload());
    add(words, "--clients", Integer.toString(load.clients()));
    add(words, "--rate", Long.toString(Math.round(load.rate())));
    add(words, "--time", load.time().toMillis() + "ms");
    add(words, "--patience", load.patience().toMillis() + "ms");
    add(words, "--ask", load.habit().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    add(words, means, trouble);
    add(words, "--recovery", experiment.trouble().recovery().toMillis() + "ms");
    add(words, "--seed", Long.toString(experiment.seed()));
    return String.join(" ", words);
  }

  private static void add(List<String> words, String option, String value) {
    words.add(option);
    words.add(
        value.matches("[A-Za-z0-9=.,:_+/-]+") ? value : "'" + value.replace("'", "'\\''") + "'");
  }
}
