package dev.labrys.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import dev.labrys.workload.Workload;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is seen while a run is made.
@Timeout(300)
final class LiveCheckTest {
  private static final Workload REGISTER = Workloads.named("register");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  @TempDir private Path folder;

  private final Progress progress = new Progress();
  private final AtomicBoolean isViolated = new AtomicBoolean();
  private final AtomicLong clock = new AtomicLong();

  private Recorder recorder(LiveCheck check) throws IOException {
    return Recorder.toFile(folder.resolve("history.jsonl"), clock::incrementAndGet, check);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void writeAndRead(Recorder recorder, long key, long read) {
    recorder.invoke(1, "write", Value.of(key), Value.of(1));
    recorder.ok(1, Value.nil());
    recorder.invoke(1, "read", Value.of(key), Value.nil());
    recorder.ok(1, Value.of(read));
  }

  @Test
  void aViolationIsSeenAtOnce() throws IOException {
    try (LiveCheck check = new LiveCheck(REGISTER, progress, () -> isViolated.set(true));
        Recorder recorder = recorder(check)) {
      writeAndRead(recorder, 1, 1);
      writeAndRead(recorder, 2, 7);

      await(isViolated::get);
    }
  }

  /// A run of any length fits into memory: beyond its bound it is judged at its end only.
  @Test
  void moreKeysThanFitArePutOff() throws IOException {
    try (LiveCheck check = new LiveCheck(REGISTER, progress, () -> isViolated.set(true), 1_000);
        Recorder recorder = recorder(check)) {
      for (long key = 0; key < 5_000; key++) {
        writeAndRead(recorder, key, 1);
      }

      await(() -> progress.look().anomaly().contains("takes too much memory"));
      assertThat(isViolated).isFalse();
    }
  }
}
