package dev.labrys.runner;

import dev.labrys.lab.LabSuite;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.Score;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The outcome of a suite for people: a table, the first failure of each test with its story, and
/// the sum of it.
final class LabText implements LabOutput {
  private static final int MOST_STORIES = 5;
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  private final Terminal terminal;
  private final LabSuite.Plan plan;
  private final LabFailures file;
  private final long startNanos = System.nanoTime();

  LabText(Terminal terminal, LabSuite.Plan plan, LabFailures file) {
    this.terminal = terminal;
    this.plan = plan;
    this.file = file;
  }

  @Override
  public void end(Ending ending, List<Score> scores, List<LabSuite.Failure> failures) {
    table(scores);
    stories(failures);
    terminal.print(sum(ending, scores, failures) + "\n");
  }

  private void table(List<Score> scores) {
    List<String> lines = LabTable.ofTests(scores).lines();
    terminal.print(lines.getFirst() + "\n");
    for (int i = 0; i < scores.size(); i++) {
      boolean isRed = scores.get(i).failed() > 0 && terminal.isColourful();
      String line = Printable.line(lines.get(i + 1));
      terminal.printAsIs((isRed ? RED + line + RESET : line) + "\n");
    }
  }

  private void stories(List<LabSuite.Failure> failures) {
    Set<LabTest> told = new HashSet<>();
    for (LabSuite.Failure failure : failures) {
      if (told.size() < MOST_STORIES && told.add(failure.result().test())) {
        terminal.print(
            "%nFAILED  %s, run %d%n  %s%n%n%s%n  To see all of it:%n  %s%n"
                .formatted(
                    failure.result().test(),
                    failure.run(),
                    failure.ending().reason(),
                    failure.ending().story(),
                    file.command(failure)));
      }
    }
  }

  private String sum(Ending ending, List<Score> scores, List<LabSuite.Failure> failures) {
    long runs = scores.stream().mapToLong(Score::runs).sum();
    String what =
        failures.isEmpty()
            ? "%s passed".formatted(runs(runs))
            : "%s of %s failed".formatted(LabTable.count(failures.size()), runs(runs));
    String rest = runs < plan.size() ? " (%s)".formatted(notRun(ending, runs)) : "";
    String place = file.place().isEmpty() ? "" : "; failures are in " + file.place();
    return String.format(
        Locale.ROOT,
        "%n%s%s: seed %d, %.1f s%s",
        what,
        rest,
        plan.root().number(),
        (System.nanoTime() - startNanos) / 1e9,
        place);
  }

  private String notRun(Ending ending, long runs) {
    return "%s %s"
        .formatted(
            LabTable.count(plan.size() - runs),
            ending == Ending.INTERRUPTED
                ? "more were to come"
                : "more were not begun; --keep-going does");
  }

  private static String runs(long number) {
    return number == 1 ? "1 run" : LabTable.count(number) + " runs";
  }
}
