package dev.labrys.experiment;

import dev.labrys.cluster.Trees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The runs below a folder.
public final class RunStore {
  private static final String GOING_ON = "going-on";

  private final Path parent;

  /// @param parent of all of them
  public RunStore(Path parent) {
    this.parent = parent;
  }

  /// What is known of a run without judging it.
  ///
  /// @param verdict in a word; `going-on` while it is made, `unfinished` if it has none, `outdated`
  ///   if it is not about what is there
  /// @param workload empty if the run's folder is damaged
  /// @param began when it began, wherever it came from
  public record Summary(
      RunFolder folder,
      String verdict,
      String workload,
      String deployment,
      Instant began,
      long bytes) {

    /// Whether somebody is making it: nobody may judge or remove it.
    public boolean isGoingOn() {
      return verdict.equals(GOING_ON);
    }
  }

  /// All of them, the oldest first.
  public List<Summary> list() throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(parent)) {
      folders = all.filter(RunFolder::isOne).toList();
    }
    List<Summary> runs = new ArrayList<>();
    for (Path each : folders) {
      runs.add(summary(new RunFolder(each)));
    }
    runs.sort(Comparator.comparing(Summary::began).thenComparing(each -> each.folder().name()));
    return runs;
  }

  private static Summary summary(RunFolder folder) throws IOException {
    FileTime began = Files.getLastModifiedTime(folder.experiment());
    String workload = "";
    String deployment = "";
    boolean isGoingOn = MakerMark.isGoingOn(folder);
    String verdict = isGoingOn ? GOING_ON : "unfinished";
    try {
      Experiment experiment = ExperimentJson.read(Json.read(folder.experiment()));
      workload = experiment.load().workload();
      deployment = experiment.cluster().deployment().toString();
      if (!isGoingOn && Files.exists(folder.results())) {
        verdict = verdict(folder, Json.read(folder.results()));
      }
    } catch (IOException damaged) {
      verdict = "damaged";
    }
    return new Summary(
        folder, verdict, workload, deployment, began.toInstant(), bytes(folder.path()));
  }

  private static String verdict(RunFolder folder, Json results) throws IOException {
    boolean isOfThis =
        results.has(ResultsJson.FINGERPRINT)
            && Files.isRegularFile(folder.history())
            && (isUntouched(folder, results)
                || results.text(ResultsJson.FINGERPRINT).equals(Fingerprint.of(folder)));
    return isOfThis ? results.text(ResultsJson.VERDICT) : "outdated";
  }

  /// Histories are large: they are read only where it can't be seen that they are what was judged.
  private static boolean isUntouched(RunFolder folder, Json results) throws IOException {
    String stamp = Stamp.of(folder);
    return !stamp.equals(Stamp.NONE)
        && results.has(ResultsJson.STAMP)
        && results.text(ResultsJson.STAMP).equals(stamp);
  }

  private static long bytes(Path folder) throws IOException {
    AtomicLong bytes = new AtomicLong();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            // By a run that is going on.
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  /// Removes a run, whatever is in its folder. Links in it are removed, not followed.
  ///
  /// @throws IOException if it is going on, or can't be removed
  public static void delete(RunFolder folder) throws IOException {
    folder.requireOver();
    Trees.delete(folder.path());
  }
}
