package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.List;

/// What clients do in a run, and who judges what they saw. [Workloads] has those that come with
/// Labrys.
///
/// A run is: the [preparation][#preparation], which is not recorded and has to succeed; a [Desk]
/// with the [load][#load] while faults come and go; when everything is healed, another with what
/// the first says is its [closing][Desk#closing].
///
/// @param name the name users know it by
/// @param summary one sentence without its full stop
/// @param judges who judges the history
/// @param preparation what the objects need to be as their models have them at first
/// @param load what clients do, without end
public record Workload(
    String name, String summary, List<Judge> judges, List<Action> preparation, Generator load) {

  /// The name of the checker that decides whether operations are linearizable.
  public static final String LINEARIZABLE = "linearizable";

  /// The name of the checker that does so for each key alone, though the model has only one object:
  /// this workload never joins two keys in a call.
  public static final String LINEARIZABLE_BY_KEY = "linearizable-by-key";

  /// The name of the checker that finds reads of counters that went back.
  public static final String MONOTONIC = "monotonic";

  /// The name of the checker that finds two who held a lock at the same time.
  public static final String ONE_HOLDER = "one-holder";

  /// Who judges a part of a history.
  ///
  /// @param model of the operations judged: what the actions name, and, if there are several, the
  ///   journal
  /// @param checker by which name the checkers know it
  public record Judge(String model, String checker) {}

  public Workload {
    judges = List.copyOf(judges);
    preparation = List.copyOf(preparation);
    if (judges.isEmpty()) {
      throw new IllegalArgumentException("nobody judges the workload " + name);
    }
  }

  /// One of a single model that judges itself, and needs no preparation.
  public static Workload of(String name, String summary, String model, Generator load) {
    return new Workload(name, summary, List.of(new Judge(model, LINEARIZABLE)), List.of(), load);
  }

  /// What has to be written beside each invocation.
  public Scribe.Labels labels() {
    boolean isOfOne = judges.stream().map(Judge::model).distinct().count() == 1;
    return isOfOne ? Scribe.Labels.NONE : Scribe.Labels.MODELS;
  }
}
