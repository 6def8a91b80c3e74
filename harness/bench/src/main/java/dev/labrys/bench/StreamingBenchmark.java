package dev.labrys.bench;

import dev.labrys.checker.Models;
import dev.labrys.checker.Status;
import dev.labrys.checker.StreamingChecker;
import dev.labrys.history.Event;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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

/// Operations per second judged while they happen, in a heap that could not hold them all.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx128m")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class StreamingBenchmark {
  private static final int OPERATIONS = 100_000;

  @Param("REGISTER")
  ObjectKind kind;

  @Param({"5", "10"})
  int clients;

  @Param({"1", "64"})
  int lookingAheadEvery;

  @Param("1")
  long seed;

  private final List<Event> events = new ArrayList<>();
  private StreamingChecker endless = StreamingChecker.of(Models.register());
  private Iterator<Event> endlessEvents = events.iterator();

  @Setup
  public void make() {
    Recipe recipe = Recipe.of(kind).withClients(clients).withSeed(new Seed(seed));
    System.out.println(recipe);
    recipe.withOperations(OPERATIONS).events().forEachRemaining(events::add);
    endless = checker();
    endlessEvents = recipe.withOperations(Recipe.MOST_OPERATIONS).events();
  }

  private StreamingChecker checker() {
    return StreamingChecker.of(Models.named(kind.model())).lookingAheadEvery(lookingAheadEvery);
  }

  /// The same history again and again, each time by a new checker.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Status prepared() {
    StreamingChecker checker = checker();
    for (Event event : events) {
      checker.accept(event);
    }
    return valid(checker.close());
  }

  /// One history that never ends, made at the same time: what counts is that memory suffices, and
  /// that it does not get slower.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Status endless() {
    for (int i = 0; i < 2 * OPERATIONS; i++) {
      endless.accept(endlessEvents.next());
    }
    return valid(endless.status());
  }

  private static Status valid(Status status) {
    if (status != Status.VALID) {
      throw new IllegalStateException("a valid history was judged " + status);
    }
    return status;
  }
}
