package dev.labrys.synthetic;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// A history that is written down event by event, a microsecond apart.
final class Script {
  private static final long STEP_NANOS = 1000;

  private final HistoryBuilder builder = new HistoryBuilder();
  private long now;

  void invoke(int process, String function, Value input) {
    builder.add(new Event.Invoked(process, function, Value.nil(), input, tick()));
  }

  void ok(int process, Value output) {
    builder.add(new Event.Completed(process, Outcome.ok(output), tick()));
  }

  void unknown(int process) {
    builder.add(new Event.Completed(process, Outcome.unknown(), tick()));
  }

  /// An operation that overlaps with no other that returns.
  void call(int process, String function, Value input, Value output) {
    invoke(process, function, input);
    ok(process, output);
  }

  /// An operation whose client gives up.
  void crash(int process, String function, Value input) {
    invoke(process, function, input);
    unknown(process);
  }

  History build() {
    return builder.build();
  }

  private long tick() {
    now += STEP_NANOS;
    return now;
  }
}
