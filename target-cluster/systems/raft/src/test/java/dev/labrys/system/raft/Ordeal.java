package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.RealTimeline;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Fault;
import dev.labrys.nemesis.Incident;
import dev.labrys.nemesis.Nemesis;
import dev.labrys.nemesis.Plan;
import dev.labrys.nemesis.Schedule;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// A real cluster in the hands of the nemesis, in real time.
final class Ordeal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Cluster cluster;
  private final List<NodeId> nodes;
  private final RealTimeline timeline;
  private final Recorder recorder;
  private final Nemesis nemesis;
  private final ConcurrentLinkedQueue<Incident> incidents = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Throwable> bugs = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isPlanOver = new AtomicBoolean();

  Ordeal(Cluster cluster, List<NodeId> nodes, Seed seed) {
    this.cluster = cluster;
    this.nodes = nodes;
    this.timeline = new RealTimeline(System.nanoTime(), bugs::add);
    this.recorder = Recorder.inMemory(timeline::nowNanos);
    this.nemesis =
        new Nemesis(cluster, nodes, timeline, seed.stream("nemesis"), recorder, incidents::add);
  }

  /// A server for links.
  static ToxiproxyServer proxies() throws IOException {
    Seed seed = new Seed(1);
    return ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream));
  }

  static LinkProxies links(ToxiproxyServer server) throws IOException {
    return LinkProxies.at(
            new Address(server.address().getHostString(), server.address().getPort()), "test")
        .speaking(RaftProgram.FRAMING);
  }

  long nowNanos() {
    return timeline.nowNanos();
  }

  /// Lets the faults of `lines` happen.
  void play(String... lines) {
    play(Schedule.parse(String.join("\n", lines)));
  }

  void play(Schedule schedule) {
    timeline.at(0, () -> nemesis.play(schedule));
  }

  /// Lets `plan` happen.
  ///
  /// @param operations how many operations have been completed
  void play(Plan plan, LongSupplier operations) {
    timeline.at(0, () -> nemesis.play(plan, new Seed(7), operations, () -> isPlanOver.set(true)));
  }

  boolean isPlanOver() {
    return isPlanOver.get();
  }

  /// The texts of the faults that have begun, in order.
  List<String> begun() {
    return incidents.stream()
        .filter(each -> each.phase() == Incident.Phase.BEGINS)
        .map(Incident::fault)
        .toList();
  }

  /// Waits until so many faults have come so far.
  void await(Incident.Phase phase, long count) {
    try {
      RaftOverHttp.until(
          "%d faults are %s".formatted(count, phase),
          () -> count(phase) >= count || count(Incident.Phase.FAILED) > 0);
      assertThat(details(Incident.Phase.FAILED)).isEmpty();
    } catch (AssertionError failed) {
      failed.addSuppressed(new AssertionError("there are " + incidents + ", and " + bugs));
      throw failed;
    }
  }

  long count(Incident.Phase phase) {
    return incidents.stream().filter(each -> each.phase() == phase).count();
  }

  /// What was said of all faults that have come so far.
  List<String> details(Incident.Phase phase) {
    return incidents.stream().filter(each -> each.phase() == phase).map(Incident::detail).toList();
  }

  /// Whom the first fault hits.
  String firstFault() {
    return begun().stream().findFirst().orElse("none");
  }

  /// The one node that the first fault hits.
  NodeId hitFirst() {
    return Fault.parse(firstFault()).hit().getFirst();
  }

  /// Ends all faults, and makes sure that nothing is left of them.
  void heal() {
    CompletableFuture<List<String>> failures = new CompletableFuture<>();
    timeline.at(0, () -> nemesis.healAll(failures::complete));
    assertThat(failures.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()).isEmpty();
    assertThat(nodes.stream().map(cluster::state)).allMatch(state -> state == NodeState.RUNNING);
    assertThat(incidents).noneMatch(each -> each.phase() == Incident.Phase.FAILED);
    assertThat(entries(Incident.Phase.HEALED)).containsAll(entries(Incident.Phase.BEGINS));
    assertThat(bugs).isEmpty();
  }

  /// The faults that have come so far, but for events: nothing of those is to be healed.
  private Set<Integer> entries(Incident.Phase phase) {
    return incidents.stream()
        .filter(each -> each.phase() == phase && !Fault.parse(each.fault()).isEvent())
        .map(Incident::entry)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() throws IOException {
    timeline.close();
    recorder.close();
  }
}
