package dev.labrys.bench;

import dev.labrys.history.Event;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// Operations per second of a synthetic history, event by event.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class GenerationBenchmark {
  private static final int OPERATIONS = 100_000;

  @Param({"REGISTER", "KV", "QUEUE"})
  ObjectKind kind;

  @Param("1")
  long seed;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void events(Blackhole hole) {
    Recipe recipe =
        Recipe.of(kind).withOperations(OPERATIONS).withClients(10).withSeed(new Seed(seed));
    for (Iterator<Event> events = recipe.events(); events.hasNext(); ) {
      hole.consume(events.next());
    }
  }
}
