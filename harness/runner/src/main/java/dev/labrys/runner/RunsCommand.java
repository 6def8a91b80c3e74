package dev.labrys.runner;

import dev.labrys.experiment.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys runs`: the store of runs.
@Command(
    name = "runs",
    header = "List the runs that are kept, or remove old ones.",
    descriptionHeading = "%n",
    description =
        "Lists what 'labrys run' has kept, the latest last: the verdict, what it was, when, how"
            + " much room it takes, and its folder.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys runs                                      those below runs/",
      "  labrys runs prune --keep 20                      remove all but the latest twenty",
      "  labrys runs prune --older-than 168h --valid      last week's, if they were valid"
    })
final class RunsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final Terminal terminal;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Below which folder runs are kept. Default: runs.")
  private String out = "runs";

  RunsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<RunStore.Summary> runs = new RunStore(terminal.folder(out)).list();
    if (runs.isEmpty()) {
      terminal.print("no runs are kept in %s; 'labrys run' makes one%n".formatted(out));
    }
    runs.forEach(run -> terminal.print(line(run)));
    return ExitCode.SUCCESS.code();
  }

  private static String line(RunStore.Summary run) {
    return String.format(
        Locale.ROOT,
        "%-12s %-14s %-11s %s %8.1f MB  %s%n",
        run.verdict(),
        run.workload(),
        run.deployment(),
        TIME.format(run.began()),
        run.bytes() / 1e6,
        run.folder().name());
  }

  /// `labrys runs prune`.
  @Command(name = "prune", header = "Remove runs.", optionListHeading = "%nOptions:%n")
  static final class Prune implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
        names = {"-o", "--out"},
        paramLabel = "DIR",
        defaultValue = "runs",
        description = "Below which folder runs are kept. Default: runs.")
    private String out = "runs";

    /// Absent: none is kept for being late.
    @Option(names = "--keep", paramLabel = "N", description = "Keep the latest N.")
    private @Nullable Integer keep;

    /// Absent: of any age.
    @Option(
        names = "--older-than",
        paramLabel = "TIME",
        converter = DurationArgument.class,
        description = "Remove only those that are older: 30m, 24h.")
    private @Nullable Duration olderThan;

    @Option(names = "--valid", description = "Remove only those whose verdict is valid.")
    private boolean valid;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    private boolean dryRun;

    Prune(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
      if (keep == null && olderThan == null) {
        throw CommandFailure.usage("say which to remove: --keep N or --older-than TIME");
      }
      if (keep != null && keep < 0) {
        throw CommandFailure.usage("--keep takes 0 or more, not " + keep);
      }
      List<RunStore.Summary> runs = new RunStore(terminal.folder(out)).list();
      int last = keep == null ? runs.size() : Math.max(0, runs.size() - keep);
      Instant end = olderThan == null ? Instant.MAX : Instant.now().minus(olderThan);
      int removed = 0;
      for (RunStore.Summary run : runs.subList(0, last)) {
        boolean isWanted = run.began().isBefore(end) && (!valid || run.verdict().equals("valid"));
        if (isWanted && !run.isGoingOn()) {
          if (!dryRun) {
            RunStore.delete(run.folder());
          }
          removed++;
          terminal.print(line(run));
        }
      }
      terminal.print(
          "%d of %d runs %s%n"
              .formatted(removed, runs.size(), dryRun ? "would be removed" : "removed"));
      return ExitCode.SUCCESS.code();
    }
  }
}
