package dev.labrys.experiment;

import dev.labrys.cluster.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An experiment as it is kept in a file.
final class ExperimentJson {
  private static final String VERSION = "labrys-experiment";

  private ExperimentJson() {}

  static Json of(Experiment experiment) {
    Experiment.ClusterPlan cluster = experiment.cluster();
    Experiment.Load load = experiment.load();
    Experiment.Trouble trouble = experiment.trouble();
    return Json.empty()
        .with(VERSION, 1)
        .with("name", experiment.name())
        .with("seed", experiment.seed())
        .with(
            "cluster",
            Json.empty()
                .with("system", cluster.system())
                .with("deployment", cluster.deployment().toString())
                .with("nodes", cluster.nodes())
                .with("raft-options", cluster.raftOptions())
                .with("links", cluster.links().text())
                .with("image", cluster.image()))
        .with(
            "load",
            Json.empty()
                .with("workload", load.workload())
                .with("clients", load.clients())
                .with("rate", load.rate())
                .with("time-nanos", load.time().toNanos())
                .with("patience-nanos", load.patience().toNanos())
                .with("habit", word(load.habit())))
        .with(
            "trouble",
            Json.empty()
                .with("faults", trouble.faults())
                .with("schedule", trouble.schedule())
                .with("recovery-nanos", trouble.recovery().toNanos()));
  }

  static Experiment read(Json json) throws IOException {
    if (json.whole(VERSION) != 1) {
      throw new MalformedRunException(
          json.name() + ": this is an experiment of another version of Labrys");
    }
    Json cluster = json.object("cluster");
    Json load = json.object("load");
    Json trouble = json.object("trouble");
    try {
      return new Experiment(
          json.text("name"),
          json.whole("seed"),
          new Experiment.ClusterPlan(
              cluster.text("system"),
              constant(Deployment.values(), cluster.text("deployment")),
              Math.toIntExact(cluster.whole("nodes")),
              cluster.texts("raft-options"),
              // Older ones don't say: there was no choice.
              LinkPlan.parse(
                  cluster.has("links") ? cluster.text("links") : LinkPlan.EMBEDDED.text()),
              cluster.has("image") ? cluster.text("image") : ""),
          new Experiment.Load(
              load.text("workload"),
              Math.toIntExact(load.whole("clients")),
              load.number("rate"),
              Duration.ofNanos(load.whole("time-nanos")),
              Duration.ofNanos(load.whole("patience-nanos")),
              constant(Client.Habit.values(), load.text("habit"))),
          new Experiment.Trouble(
              trouble.text("faults"),
              trouble.text("schedule"),
              Duration.ofNanos(trouble.whole("recovery-nanos"))));
    } catch (IllegalArgumentException | ArithmeticException strange) {
      throw new MalformedRunException(
          "%s: this is no experiment: %s".formatted(json.name(), strange.getMessage()), strange);
    }
  }

  /// The one that is written so.
  ///
  /// @throws IllegalArgumentException if none is
  static <E extends Enum<E>> E constant(E[] all, String text) {
    return Stream.of(all)
        .filter(each -> word(each).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not one of %s"
                    .formatted(
                        text,
                        Stream.of(all)
                            .map(ExperimentJson::word)
                            .collect(Collectors.joining(", ")))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
