package dev.labrys.checker.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Models;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RegisterTest {
  private static final Value NO_KEY = Value.nil();

  private final AtomicReference<Value> register = new AtomicReference<>(Value.nil());
  private final LinearizabilityChecker checker = LinearizabilityChecker.of(Models.register());

  @Test
  void anAtomicReferenceIsLinearizable() {
    History history = run(register::get, register::set);

    assertInstanceOf(Verdict.Valid.class, checker.check(history));
  }

  @Test
  void aCacheThatNobodyRefreshesIsNot() {
    ThreadLocal<Value> cache = ThreadLocal.withInitial(register::get);
    History history = run(cache::get, register::set);

    Verdict.Invalid invalid = assertInstanceOf(Verdict.Invalid.class, checker.check(history));
    assertEquals("read", invalid.counterexample().culprit().function());
  }

  /// Four clients write and read. Each says what it asks before it asks, and the answer after.
  private static History run(Supplier<Value> read, Consumer<Value> write) {
    long start = System.nanoTime();
    Recorder recorder = Recorder.inMemory(() -> System.nanoTime() - start);
    CompletableFuture<?>[] clients = new CompletableFuture<?>[4];
    for (int i = 0; i < clients.length; i++) {
      int process = i;
      clients[i] =
          CompletableFuture.runAsync(() -> {
            for (int round = 0; round < 500; round++) {
              Value value = Value.of(4 * round + process);
              recorder.invoke(process, "write", NO_KEY, value);
              write.accept(value);
              recorder.ok(process, Value.nil());
              recorder.invoke(process, "read", NO_KEY, Value.nil());
              recorder.ok(process, read.get());
            }
          });
    }
    CompletableFuture.allOf(clients).join();
    return recorder.history();
  }
}
