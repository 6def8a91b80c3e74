package dev.labrys.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The command that makes a run again.
final class Replay {
  private Replay() {}

  /// @param folder of the run
  static String command(Experiment experiment, RunFolder folder) {
    Experiment.ClusterPlan cluster = experiment.cluster();
    Experiment.Load load = experiment.load();
    Experiment.Trouble trouble = experiment.trouble();
    List<String> words = new ArrayList<>(List.of("./labrys", "run"));
    if (cluster.tested() != TestedSystem.LABRYS_RAFT) {
      add(words, "--system", cluster.system());
    }
    add(words, "--deploy", cluster.deployment().toString());
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
    if (trouble.schedule().isEmpty()) {
      add(words, "--faults", trouble.faults().isEmpty() ? "none" : trouble.faults());
    } else {
      add(words, "--schedule", folder.schedule().toString());
    }
    add(words, "--recovery", trouble.recovery().toMillis() + "ms");
    add(words, "--seed", Long.toString(experiment.seed()));
    return String.join(" ", words);
  }

  private static void add(List<String> words, String option, String value) {
    words.add(option);
    words.add(
        value.matches("[A-Za-z0-9=.,:_+/-]+") ? value : "'" + value.replace("'", "'\\''") + "'");
  }
}
