package dev.labrys.cluster.machine;

import dev.labrys.cluster.KnownProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The mark of a disk: a file beside its image that says whose it is, while it is mounted.
final class DiskMark {
  private static final String SUFFIX = ".owner";
  private static final int LINES = 3;

  private DiskMark() {}

  static void write(Path image, KnownProcess runner) throws IOException {
    Files.write(of(image), List.of(runner.place(), Long.toString(runner.pid()), runner.started()));
  }

  private static Path of(Path image) {
    return image.resolveSibling(image.getFileName() + SUFFIX);
  }

  /// Who has made the disk; empty if it is nobody of ours.
  static Optional<KnownProcess> read(Path image) {
    try {
      List<String> lines = Files.readAllLines(of(image), StandardCharsets.UTF_8);
      return lines.size() == LINES && lines.get(1).matches("\\d{1,18}")
          ? Optional.of(new KnownProcess(lines.get(0), Long.parseLong(lines.get(1)), lines.get(2)))
          : Optional.empty();
    } catch (IOException unmarked) {
      return Optional.empty();
    }
  }

  static void delete(Path image) throws IOException {
    Files.deleteIfExists(of(image));
  }
}
