package dev.labrys.bench;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Routes;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long it takes until the links between five nodes are cut in two halves, and healed: one cut
/// and one healing together.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
// JMH sets the parameters and calls the set-up before it measures.
@SuppressWarnings("NullAway.Init")
public class PartitionBenchmark {
  private static final String LOOPBACK = "127.0.0.1";

  /// Nobody listens there: what is measured is that nobody is let through.
  private static final int UPSTREAM = 9;

  @Param("5")
  int nodes;

  private ToxiproxyServer server;
  private LinkProxies links;
  private final Map<Way, Passage> halves = new HashMap<>();

  @Setup
  public void start() throws IOException {
    server = ToxiproxyServer.start(ToxiproxyOptions.anywhere(new Seed(1)::stream));
    links = LinkProxies.at(new Address(LOOPBACK, server.address().getPort()), "bench");
    List<NodeId> all = IntStream.rangeClosed(1, nodes).mapToObj(NodeId::numbered).toList();
    Routes.build(links, all, (_, _) -> new Address(LOOPBACK, UPSTREAM), LOOPBACK, LOOPBACK);
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if ((from < nodes / 2) != (to < nodes / 2)) {
          halves.put(Way.between(all.get(from), all.get(to)), Passage.Shut.HELD);
        }
      }
    }
  }

  @TearDown
  public void end() throws IOException {
    links.close();
    server.close();
  }

  @Benchmark
  public void cutAndHeal() throws IOException {
    links.set(halves);
    links.set(Map.of());
  }
}
