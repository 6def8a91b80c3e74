package dev.labrys.checker.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.labrys.checker.Models;
import dev.labrys.checker.Status;
import dev.labrys.checker.StreamingChecker;
import dev.labrys.checker.Violation;
import dev.labrys.history.Event;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamingTest {
  @Test
  void aStaleReadIsReportedWhenItReturns() {
    Recorder recorder = Recorder.inMemory(() -> 0);
    call(recorder, "write", Value.of(1), Value.nil());
    call(recorder, "write", Value.of(2), Value.nil());
    call(recorder, "read", Value.nil(), Value.of(1));
    call(recorder, "read", Value.nil(), Value.of(2));

    List<Violation> violations = new ArrayList<>();
    StreamingChecker checker = StreamingChecker.of(Models.register());
    for (Event event : recorder.history().journal()) {
      checker.accept(event).ifPresent(violations::add);
    }

    assertEquals(Status.INVALID, checker.close());
    assertEquals(List.of(2), violations.stream().map(it -> it.culprit().index()).toList());
  }

  private static void call(Recorder recorder, String function, Value input, Value output) {
    recorder.invoke(0, function, Value.nil(), input);
    recorder.ok(0, output);
  }
}
