package dev.labrys.bench;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.workload.Crew;
import dev.labrys.workload.CrewWitness;
import dev.labrys.workload.Desk;
import dev.labrys.workload.Generator;
import dev.labrys.workload.Scribe;
import dev.labrys.workload.Workload;
import dev.labrys.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Operations per second that clients can be given and that are recorded, if a system takes no time
/// at all.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class CrewBenchmark {
  private static final int OPERATIONS = 200_000;
  private static final Reply NOTHING = Reply.of(new Outcome.Ok(Value.nil()));

  @Param({"20", "50"})
  public int clients;

  @Param({"unique-ids", "register", "mixed"})
  public String workload;

  private record NullClient() implements Client {
    @Override
    public Reply invoke(Action action, Duration patience) {
      return NOTHING;
    }

    @Override
    public void close() {}
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Recorder memory() throws InterruptedException {
    Recorder recorder = Recorder.inMemory(System::nanoTime);
    work(recorder);
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
        work(recorder);
      }
      return Files.size(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private void work(Recorder recorder) throws InterruptedException {
    Workload chosen = Workloads.named(workload);
    Scribe scribe = new Scribe(recorder, chosen.labels());
    try (Crew crew =
        new Crew(
            Collections.nCopies(clients, new NullClient()),
            scribe,
            Duration.ofSeconds(10),
            CrewWitness.NONE)) {
      Generator generator = chosen.load().limit(OPERATIONS);
      crew.work(new Desk(generator, new Seed(1).stream("workload"), System::nanoTime));
      crew.await();
    }
  }
}
