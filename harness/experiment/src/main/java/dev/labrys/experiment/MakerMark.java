package dev.labrys.experiment;

import dev.labrys.cluster.KnownProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Says in the folder of a run which process makes it, for as long as it does.
final class MakerMark implements AutoCloseable {
  private final Path file;

  private MakerMark(Path file) {
    this.file = file;
  }

  static MakerMark set(RunFolder folder) throws IOException {
    KnownProcess self = KnownProcess.self();
    Json.empty()
        .with("place", self.place())
        .with("pid", self.pid())
        .with("started", self.started())
        .write(folder.mark());
    return new MakerMark(folder.mark());
  }

  /// Whether the run is going on, as far as anybody can tell from here.
  static boolean isGoingOn(RunFolder folder) {
    if (!Files.isRegularFile(folder.mark())) {
      return false;
    }
    try {
      Json mark = Json.read(folder.mark());
      KnownProcess runner =
          new KnownProcess(mark.text("place"), mark.whole("pid"), mark.text("started"));
      return runner.find().isPresent() && !runner.equals(KnownProcess.self());
    } catch (IOException damaged) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
