package dev.labrys.bench;

import dev.labrys.checker.Status;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Many keys, each a history of its own, checked on one thread and on two.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class KeyedBenchmark {
  @Param("50000")
  int operations;

  @Param("30")
  int clients;

  @Param("1000")
  int keys;

  @Param({"1", "2"})
  int threads;

  @Param("1")
  long seed;

  private Specimen specimen;

  @Setup
  public void make() {
    specimen =
        Specimen.of(
            Recipe.of(ObjectKind.KV)
                .withOperations(operations)
                .withClients(clients)
                .withKeys(keys)
                .withSeed(new Seed(seed)),
            threads);
  }

  @Benchmark
  public Status decide() {
    return specimen.decide();
  }
}
