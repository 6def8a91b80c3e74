package dev.labrys.runner;

import dev.labrys.experiment.Experiment;
import dev.labrys.experiment.Progress;
import dev.labrys.experiment.Run;
import dev.labrys.report.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Shows how a run goes: on a watched terminal a few lines that are drawn again in place, elsewhere
/// a line now and then.
final class RunScreen {
  private static final int BAR = 30;
  private static final int WIDTH = 100;
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Terminal terminal;
  private final Experiment experiment;
  private final boolean isQuiet;
  private volatile boolean isOver;
  private int drawnLines;
  private String lastStep = "";
  private long lastOk;
  private long lastNanos;

  RunScreen(Terminal terminal, Experiment experiment, boolean isQuiet) {
    this.terminal = terminal;
    this.experiment = experiment;
    this.isQuiet = isQuiet;
  }

  /// Performs `run`, and shows how it goes.
  RunReport watch(Run run) throws IOException {
    if (isQuiet) {
      return run.perform();
    }
    terminal.warn(
        "labrys: %s on %d nodes as %s, seed %d; kept in %s%n"
            .formatted(
                experiment.load().workload(),
                experiment.cluster().nodes(),
                experiment.cluster().deployment(),
                experiment.seed(),
                run.folder().path()));
    Thread painter = Thread.ofPlatform().daemon().name("screen").start(() -> paint(run.progress()));
    try {
      return run.perform();
    } finally {
      isOver = true;
      LockSupport.unpark(painter);
      try {
        painter.join();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void paint(Progress progress) {
    lastNanos = System.nanoTime();
    while (!isOver) {
      Progress.Look look = progress.look();
      if (terminal.isWatched()) {
        draw(look);
      } else {
        write(look);
      }
      LockSupport.parkNanos(REDRAW_NANOS);
    }
    clear();
  }

  /// A new step is worth a line, and so are five seconds.
  private void write(Progress.Look look) {
    long now = System.nanoTime();
    boolean isNew = !look.step().equals(lastStep);
    if (isNew && !look.step().isEmpty()) {
      terminal.warn("labrys: %s%n".formatted(look.step()));
    }
    if (look.loadNanos() > 0 && now - lastNanos >= LINE_NANOS) {
      terminal.warn(
          "labrys: %s%n"
              .formatted(
                  String.join("; ", List.of(counts(look, now), leader(look), faults(look)))));
      lastNanos = now;
      lastOk = look.ok();
    }
    lastStep = look.step();
  }

  private void draw(Progress.Look look) {
    List<String> lines = new ArrayList<>();
    long now = System.nanoTime();
    lines.add(look.loadNanos() > 0 ? bar(look) + " " + look.step() : look.step());
    if (look.loadNanos() > 0) {
      lines.add("  " + counts(look, now));
      lines.add("  " + leader(look));
      lines.add("  " + faults(look));
      if (!look.anomaly().isEmpty()) {
        lines.add("  ! " + look.anomaly());
      }
    }
    StringBuilder drawing = new StringBuilder(toStart());
    lines.forEach(
        line -> drawing.append(cut(Printable.line(line))).append(CLEAR_LINE).append('\n'));
    terminal.draw(drawing.append(CLEAR_BELOW).toString());
    drawnLines = lines.size();
    if (now - lastNanos >= TimeUnit.SECONDS.toNanos(1)) {
      lastNanos = now;
      lastOk = look.ok();
    }
  }

  private String cut(String line) {
    int width = terminal.width().orElse(WIDTH) - 1;
    return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
  }

  private String bar(Progress.Look look) {
    long whole = experiment.load().time().toNanos();
    int filled = (int) (Math.min(look.loadNanos(), whole) * BAR / whole);
    return String.format(
        Locale.ROOT,
        "[%s%s] %.0f s",
        "#".repeat(filled),
        "-".repeat(BAR - filled),
        look.loadNanos() / 1e9);
  }

  private String counts(Progress.Look look, long now) {
    double seconds = Math.max(1e-3, (now - lastNanos) / 1e9);
    return String.format(
        Locale.ROOT,
        "%,d ok (%,.0f/s), %,d failed, %,d unknown",
        look.ok(),
        (look.ok() - lastOk) / seconds,
        look.failed(),
        look.unknown());
  }

  private static String leader(Progress.Look look) {
    return look.leader()
        .map(leader -> "leader %s of term %d".formatted(leader.node(), leader.term()))
        .orElse("no leader is seen");
  }

  private static String faults(Progress.Look look) {
    return look.faults().isEmpty() ? "no fault" : String.join(", ", look.faults());
  }

  private String toStart() {
    return drawnLines == 0 ? "" : "\u001b[%dA\r".formatted(drawnLines);
  }

  private void clear() {
    if (drawnLines > 0) {
      terminal.draw(toStart() + CLEAR_BELOW);
      drawnLines = 0;
    }
  }
}
