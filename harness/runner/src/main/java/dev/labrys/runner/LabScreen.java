package dev.labrys.runner;

import dev.labrys.lab.LabSuite;
import dev.labrys.lab.Score;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/// How far a suite is: on a watched terminal a table that is drawn again in place, elsewhere a line
/// now and then. Short suites draw nothing.
final class LabScreen {
  private static final int BAR = 24;
  private static final int MOST_ROWS = 16;
  private static final long MILLI = 1_000_000L;
  private static final long REDRAW_NANOS = 100 * MILLI;
  private static final long LINE_NANOS = 30_000 * MILLI;
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Terminal terminal;
  private final LabSuite.Plan plan;
  private final LongSupplier clock;
  private final long startNanos;
  private long nextNanos;
  private int drawnLines;

  /// @param clock in nanoseconds
  LabScreen(Terminal terminal, LabSuite.Plan plan, LongSupplier clock) {
    this.terminal = terminal;
    this.plan = plan;
    this.clock = clock;
    this.startNanos = clock.getAsLong();
    this.nextNanos = startNanos + pause();
  }

  private long pause() {
    return terminal.isWatched() ? REDRAW_NANOS : LINE_NANOS;
  }

  /// Shows how far it is, if it is time.
  void show(Collection<Score> scores) {
    long now = clock.getAsLong();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + pause();
    if (terminal.isWatched()) {
      draw(scores, now);
    } else {
      terminal.warn("labrys: %s%n".formatted(sum(scores, now)));
    }
  }

  private void draw(Collection<Score> scores, long now) {
    LabTable table =
        scores.size() > MOST_ROWS ? LabTable.ofParts(scores) : LabTable.ofTests(scores);
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(bar(runs(scores)) + " " + sum(scores, now));
    StringBuilder drawing = new StringBuilder(toStart());
    lines.forEach(line -> drawing.append(line).append(CLEAR_LINE).append('\n'));
    terminal.draw(drawing.toString());
    drawnLines = lines.size();
  }

  private String bar(long runs) {
    int filled = (int) (runs * BAR / plan.size());
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
  }

  private String sum(Collection<Score> scores, long now) {
    long failed = scores.stream().mapToLong(Score::failed).sum();
    return String.format(
        Locale.ROOT,
        "%,d of %,d runs, %,d failed, %d s",
        runs(scores),
        plan.size(),
        failed,
        (now - startNanos) / 1_000 / MILLI);
  }

  private static long runs(Collection<Score> scores) {
    return scores.stream().mapToLong(Score::runs).sum();
  }

  private String toStart() {
    return drawnLines == 0 ? "" : "\u001b[%dA\r".formatted(drawnLines);
  }

  /// Makes room for other output.
  void clear() {
    if (drawnLines > 0) {
      terminal.draw(toStart() + CLEAR_BELOW);
      drawnLines = 0;
    }
  }
}
