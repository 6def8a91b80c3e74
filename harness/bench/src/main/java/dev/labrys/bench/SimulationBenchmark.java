package dev.labrys.bench;

import dev.labrys.history.Seed;
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

/// How many seconds of a cluster of five pass in a second of ours.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class SimulationBenchmark {
  private static final int SECONDS = 100;

  @Param({"IDLE", "LOAD", "FAULTS"})
  SimulatedCluster.Scene scene;

  @Param({"NONE", "INVARIANTS"})
  SimulatedCluster.Watch watch;

  @Param("1")
  long seed;

  private SimulatedCluster cluster;

  @Setup
  public void make() {
    cluster = new SimulatedCluster(scene, watch, new Seed(seed));
  }

  @Benchmark
  @OperationsPerInvocation(SECONDS)
  public long seconds() {
    cluster.run(SECONDS);
    return cluster.fingerprint();
  }
}
