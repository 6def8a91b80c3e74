package dev.labrys.bench;

import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// Operations per second, invocation and completion, that two threads together can record.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class RecordingBenchmark {
  private static final int OPERATIONS = 1_000_000;
  private static final int THREADS = 2;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Recorder memory() throws InterruptedException {
    Recorder recorder = Recorder.inMemory(System::nanoTime);
    record(recorder);
    return recorder;
  }

  /// All of it is in the file before the clock is stopped.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long disk() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("labrys-bench");
    Path file = folder.resolve("history.jsonl");
    try {
      try (Recorder recorder = Recorder.toFile(file, System::nanoTime)) {
        record(recorder);
      }
      return Files.size(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void record(Recorder recorder) throws InterruptedException {
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      int process = i;
      threads[i] = new Thread(() -> record(recorder, process), "labrys-bench-" + i);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void record(Recorder recorder, int process) {
    for (int i = 0; i < OPERATIONS / THREADS; i++) {
      recorder.invoke(process, "write", Value.nil(), Value.of(i));
      recorder.ok(process, Value.nil());
    }
  }
}
