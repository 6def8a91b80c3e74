package dev.labrys.runner;

/// The last line of a watched terminal while many histories are judged: how far, and at which one.
/// Draws nothing where nobody watches.
///
/// Thread-safe: an interrupt clears it from another thread.
final class ProgressLine {
  private static final int BAR = 24;
  private static final int NAME = 44;
  private static final String START_OF_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final int total;
  private boolean drawn;

  ProgressLine(Terminal terminal, int total) {
    this.terminal = terminal;
    this.total = total;
  }

  /// Says that `done` histories are judged and `name` is next.
  synchronized void show(int done, String name) {
    if (!terminal.isWatched()) {
      return;
    }
    int filled = done * BAR / total;
    terminal.draw(
        "%s[%s%s] %d/%d %s"
            .formatted(
                START_OF_LINE,
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                done,
                total,
                shortened(Printable.line(name))));
    drawn = true;
  }

  /// Makes room for other output.
  synchronized void clear() {
    if (drawn) {
      terminal.draw(START_OF_LINE);
      drawn = false;
    }
  }

  private static String shortened(String name) {
    return name.length() <= NAME ? name : "…" + name.substring(name.length() - NAME + 1);
  }
}
