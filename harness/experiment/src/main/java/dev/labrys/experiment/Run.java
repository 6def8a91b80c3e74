package dev.labrys.experiment;

import dev.labrys.history.Event;
import dev.labrys.report.RunReport;
import dev.labrys.workload.Workload;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// An experiment that is made.
public final class Run {
  private final Experiment experiment;
  private final RunFolder folder;
  private final Path registry;
  private final Progress progress = new Progress();
  private final Workload workload;
  private final Performance performance;
  private boolean keepsData;
  private boolean endsAtViolation;

  private Run(Experiment experiment, RunFolder folder, Path registry) {
    this.experiment = experiment;
    this.folder = folder;
    this.registry = registry;
    this.workload = Workloads.named(experiment.load().workload());
    this.performance =
        switch (experiment.cluster().deployment()) {
          case PROCESSES, CONTAINERS -> new RealRun(experiment, folder, progress, workload);
          case SIMULATION -> new SimRun(experiment, folder, progress, workload);
        };
  }

  /// A run of `experiment` that is to be made.
  ///
  /// @param registry where running processes are noted, for those who clean up
  public static Run of(Experiment experiment, RunFolder folder, Path registry) {
    return new Run(experiment, folder, registry);
  }

  /// Makes sure that an experiment makes sense and can be made here, before anything is made for
  /// it.
  ///
  /// @return a sentence for each kind of trouble that is left out, as it is not possible here
  /// @throws IllegalArgumentException if it makes no sense, saying why
  /// @throws UnsupportedOperationException if it can't be made here, saying why
  /// @throws IOException if there is no engine for containers, saying why
  public static List<String> check(Experiment experiment) throws IOException {
    Workloads.named(experiment.load().workload());
    experiment.cluster().tested().check(experiment.cluster());
    return FaultPlan.check(experiment);
  }

  /// Whether what the nodes had on disk stays.
  public Run keepingData(boolean wanted) {
    keepsData = wanted;
    return this;
  }

  /// Whether to end at the first violation that is seen.
  public Run endingAtViolation(boolean wanted) {
    endsAtViolation = wanted;
    return this;
  }

  public RunFolder folder() {
    return folder;
  }

  /// How far it is.
  public Progress progress() {
    return progress;
  }

  /// Lets it come to its end soon: what was begun is finished, healed, written down and judged. Any
  /// thread may call it.
  public void stop() {
    performance.stop();
  }

  /// Makes it, judges it, and writes all of that into its folder. Done once.
  ///
  /// @throws IOException if the cluster can't be started or what happens can't be written down
  public RunReport perform() throws IOException {
    try (MakerMark _ = MakerMark.set(folder);
        LiveCheck live = new LiveCheck(workload, progress, this::violated)) {
      Versions.with(ExperimentJson.of(experiment)).write(folder.experiment());
      if (!experiment.trouble().schedule().isEmpty()) {
        Files.writeString(folder.schedule(), experiment.trouble().schedule());
      }
      Files.writeString(folder.reproduce(), Replay.command(experiment, folder) + "\n");
      performance.perform(registry, live);
      if (!keepsData) {
        NodeData.delete(folder.nodes());
      }
      progress.step("judging");
      return Judging.judge(folder);
    } finally {
      progress.step("");
    }
  }

  private void violated() {
    if (endsAtViolation) {
      performance.stop();
    }
  }

  /// A finding in a sentence.
  public static String sentence(RunReport.Finding finding) {
    return ResultsJson.reason(finding);
  }

  /// What a deployment has to do.
  interface Performance {

    /// Does all of it.
    ///
    /// @param tap sees every event of the history, in order
    void perform(Path registry, Consumer<Event> tap) throws IOException;

    /// Lets it come to its end soon. May be called by any thread.
    void stop();
  }
}
