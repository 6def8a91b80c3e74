package dev.labrys.checker.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.labrys.checker.Evidence;
import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Models;
import dev.labrys.checker.Status;
import dev.labrys.history.History;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EvidenceTest {
  private final Set<Value> serverLog = Set.of(Value.of(1));

  @Test
  void theLogOfTheServerSettlesWhatTheClientDoesNotKnow() {
    Recorder recorder = Recorder.inMemory(() -> 0);
    recorder.invoke(0, "add", Value.nil(), Value.of(5));
    recorder.unknown(0);
    recorder.invoke(1, "read", Value.nil(), Value.nil());
    recorder.ok(1, Value.of(5));
    History history = recorder.history();

    LinearizabilityChecker checker = LinearizabilityChecker.of(Models.counter());
    Evidence log =
        operations ->
            operations.stream()
                .filter(operation -> operation.outcome() instanceof Outcome.Unknown)
                .filter(operation -> !serverLog.contains(operation.input()))
                .map(operation ->
                    new Evidence.Finding(
                        operation, new Evidence.NeverHappened(), "the server never logged it"))
                .toList();

    assertEquals(Status.VALID, checker.decide(history));
    assertEquals(Status.INVALID, checker.with(log).decide(history));
  }
}
