package dev.labrys.experiment;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Where all of a run is kept: enough to judge it again, to draw it again, and to do it again.
public record RunFolder(Path path) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String EXPERIMENT = "experiment.json";
  private static final int MOST_OF_A_SECOND = 1_000;

  public RunFolder {
    path = path.toAbsolutePath().normalize();
  }

  /// A new one below `parent`.
  public static RunFolder create(Path parent, String name, Instant now) throws IOException {
    makeParent(parent);
    for (int number = 1; number < MOST_OF_A_SECOND; number++) {
      String ending = number == 1 ? "" : "-" + number;
      Path folder = parent.resolve(TIME.format(now) + "-" + plain(name) + ending);
      try {
        return new RunFolder(Files.createDirectory(folder));
      } catch (FileAlreadyExistsException taken) {
        // By a run of the same second.
      }
    }
    throw new IOException("too many runs began in this second below " + parent);
  }

  /// Makes a folder for runs, unless it is there.
  ///
  /// @throws IOException if it can't be made, saying why
  static void makeParent(Path parent) throws IOException {
    try {
      Files.createDirectories(parent);
    } catch (FileSystemException refused) {
      String reason =
          Optional.ofNullable(refused.getReason())
              .orElseGet(() -> refused.getClass().getSimpleName());
      throw new IOException(
          "no folder for runs can be made at %s (%s): name another".formatted(parent, reason),
          refused);
    }
  }

  /// Letters that mean something in the name of no file.
  private static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
    return plain.substring(0, Math.min(plain.length(), 60));
  }

  /// Whether a run was begun here.
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(EXPERIMENT));
  }

  /// What the run is made from, and of what versions.
  public Path experiment() {
    return path.resolve(EXPERIMENT);
  }

  /// What clients saw, what went wrong when, and what was noticed.
  public Path history() {
    return path.resolve("history.jsonl");
  }

  /// What the nemesis did, phase by phase.
  public Path faults() {
    return path.resolve("faults.jsonl");
  }

  /// The faults that were asked for, if they were asked for one by one.
  public Path schedule() {
    return path.resolve("schedule.txt");
  }

  /// What the nodes said, and what they kept.
  public Path nodes() {
    return path.resolve("nodes");
  }

  /// The verdict, for programs.
  public Path results() {
    return path.resolve("results.json");
  }

  /// The verdict, for people.
  public Path report() {
    return path.resolve("report.html");
  }

  /// Who makes the run, while it is made.
  Path mark() {
    return path.resolve("running.json");
  }

  /// Makes sure that nobody is making it.
  ///
  /// @throws IOException if somebody is
  public RunFolder requireOver() throws IOException {
    if (MakerMark.isGoingOn(this)) {
      throw new IOException("the run " + name() + " is going on");
    }
    return this;
  }

  /// The command that does it again.
  public Path reproduce() {
    return path.resolve("reproduce.txt");
  }

  /// Its name among other runs.
  public String name() {
    return String.valueOf(path.getFileName());
  }
}
