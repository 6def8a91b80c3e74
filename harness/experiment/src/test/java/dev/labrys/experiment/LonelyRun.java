package dev.labrys.experiment;

import java.io.IOException;
import java.nio.file.Path;

/// A runner in a JVM of its own, to be killed.
final class LonelyRun {
  private LonelyRun() {}

  /// Performs the run whose experiment is in its folder already.
  ///
  /// @param arguments the folder of the run, whose experiment is there, and the registry
  public static void main(String... arguments) throws IOException {
    RunFolder folder = new RunFolder(Path.of(arguments[0]));
    Experiment experiment = ExperimentJson.read(Json.read(folder.experiment()));
    Run.of(experiment, folder, Path.of(arguments[1])).perform();
  }
}
