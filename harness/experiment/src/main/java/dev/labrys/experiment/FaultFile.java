package dev.labrys.experiment;

import dev.labrys.history.Recorder;
import dev.labrys.nemesis.Incident;
import dev.labrys.nemesis.IncidentLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/// Where a run writes down what its nemesis does. That it can't is a shortcoming of the run, and no
/// reason to leave nodes hurt.
final class FaultFile implements Consumer<Incident>, AutoCloseable {
  private final IncidentLog log;
  private final Recorder recorder;
  private boolean isBroken;

  private FaultFile(IncidentLog log, Recorder recorder) {
    this.log = log;
    this.recorder = recorder;
  }

  /// @param recorder told if not all could be written
  static FaultFile open(RunFolder folder, Recorder recorder) throws IOException {
    return new FaultFile(new IncidentLog(Files.newBufferedWriter(folder.faults())), recorder);
  }

  @Override
  public void accept(Incident incident) {
    try {
      log.accept(incident);
    } catch (UncheckedIOException broken) {
      complain(broken);
    }
  }

  private void complain(Exception broken) {
    if (!isBroken) {
      isBroken = true;
      Notes.shortcoming(
          recorder, "what was done could not be written down: " + broken.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException broken) {
      complain(broken);
    }
  }
}
