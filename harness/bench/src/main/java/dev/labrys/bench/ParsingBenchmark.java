package dev.labrys.bench;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryFormat;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.HistoryWriter;
import dev.labrys.history.ReadOptions;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Operations per second read from a file's bytes, of which each operation has two lines.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class ParsingBenchmark {
  private static final int OPERATIONS = 100_000;

  @Param({"JSONL", "EDN"})
  HistoryFormat format;

  @Param("1")
  long seed;

  private byte[] bytes = new byte[0];

  @Setup
  public void write() throws IOException {
    Recipe recipe =
        Recipe.of(ObjectKind.KV)
            .withOperations(OPERATIONS)
            .withClients(10)
            .withKeys(100)
            .withCrashFraction(0.01)
            .withSeed(new Seed(seed));
    System.out.println(recipe);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryWriter writer = HistoryWriter.to(out, format)) {
      for (Iterator<Event> events = recipe.events(); events.hasNext(); ) {
        writer.write(events.next());
      }
    }
    bytes = out.toByteArray();
  }

  /// Event by event, as the streaming checker reads.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long events() throws IOException {
    long count = 0;
    try (HistoryReader reader = open()) {
      while (reader.advance()) {
        count++;
      }
    }
    return count;
  }

  /// A whole history, its events checked and paired.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public History history() throws IOException {
    try (HistoryReader reader = open()) {
      return reader.readAll();
    }
  }

  private HistoryReader open() throws IOException {
    return HistoryReader.open(new ByteArrayInputStream(bytes), "synthetic", ReadOptions.standard());
  }
}
