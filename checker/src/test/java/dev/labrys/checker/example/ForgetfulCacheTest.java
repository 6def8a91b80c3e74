package dev.labrys.checker.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Status;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import org.junit.jupiter.api.Test;

final class ForgetfulCacheTest {
  private final Recorder recorder = Recorder.inMemory(() -> 0);

  @Test
  void whatWasPutMayBeForgotten() {
    call("put", Value.of(1), Value.nil());
    call("get", Value.nil(), Value.of(1));
    call("get", Value.nil(), Value.nil());

    assertEquals(Status.VALID, status());
  }

  @Test
  void whatWasForgottenDoesNotReturn() {
    call("put", Value.of(1), Value.nil());
    call("get", Value.nil(), Value.nil());
    call("get", Value.nil(), Value.of(1));

    assertEquals(Status.INVALID, status());
  }

  @Test
  void whatWasOverwrittenDoesNotReturn() {
    call("put", Value.of(1), Value.nil());
    call("put", Value.of(2), Value.nil());
    call("get", Value.nil(), Value.of(1));

    assertEquals(Status.INVALID, status());
  }

  private void call(String function, Value input, Value output) {
    recorder.invoke(0, function, Value.nil(), input);
    recorder.ok(0, output);
  }

  private Status status() {
    return LinearizabilityChecker.of(new ForgetfulCache()).decide(recorder.history());
  }
}
