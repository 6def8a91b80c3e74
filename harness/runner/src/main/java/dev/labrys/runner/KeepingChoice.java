package dev.labrys.runner;

import dev.labrys.history.Seed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where `labrys run` keeps what, and how it is told.
final class KeepingChoice {
  /// Absent: a new one.
  @Option(
      names = {"-s", "--seed"},
      paramLabel = "SEED",
      description = "Where all that is drawn comes from. Default: a new one, which is printed.")
  private @Nullable Long seed;

  /// Absent: that of the workload.
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it. Default: as the workload.")
  private @Nullable String name;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Below which folder the run is kept. Default: runs.")
  private String out = "runs";

  @Option(
      names = "--keep",
      description = "Keep what the nodes had on disk, not only what they said.")
  private boolean keep;

  @Option(names = "--fail-fast", description = "End at the first violation that is seen.")
  private boolean failFast;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors; the exit code tells.")
  private boolean quiet;

  @Option(names = "--list", description = "List the workloads and the kinds of faults.")
  private boolean list;

  /// Where all that is drawn comes from: a new one unless it was said.
  long seed() {
    return seed == null
        ? new Seed(System.nanoTime()).stream("run.seed").nextInt(1_000_000_000)
        : seed;
  }

  String name(String workload) {
    return name == null ? workload : name;
  }

  String out() {
    return out;
  }

  boolean keepsData() {
    return keep;
  }

  boolean endsAtViolation() {
    return failFast;
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean isList() {
    return list;
  }
}
