package dev.labrys.cluster.container;

import dev.labrys.cluster.KnownProcess;
import java.util.Map;
import java.util.Optional;

/// Who made something at an engine, and removes it, as the labels of the thing tell.
///
/// An engine may serve several machines, and several spaces of process numbers on each. Only who is
/// in the same place can tell whether a runner is gone.
///
/// @param process that made it
record Runner(KnownProcess process) {
  static final String PLACE = "dev.labrys.runner.place";
  static final String PID = "dev.labrys.runner.pid";
  static final String STARTED = "dev.labrys.runner.started";

  /// This JVM.
  static Runner self() {
    return new Runner(KnownProcess.self());
  }

  Map<String, String> labels() {
    return Map.of(
        PLACE, process.place(),
        PID, Long.toString(process.pid()),
        STARTED, process.started());
  }

  /// Whom `labels` name, if they are ours.
  static Optional<Runner> of(Map<String, String> labels) {
    String pid = labels.getOrDefault(PID, "");
    if (!pid.matches("\\d{1,18}") || !labels.containsKey(PLACE) || !labels.containsKey(STARTED)) {
      return Optional.empty();
    }
    return Optional.of(
        new Runner(
            new KnownProcess(
                labels.getOrDefault(PLACE, ""),
                Long.parseLong(pid),
                labels.getOrDefault(STARTED, ""))));
  }
}
