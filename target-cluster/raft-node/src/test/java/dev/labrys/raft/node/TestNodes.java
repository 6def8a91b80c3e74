package dev.labrys.raft.node;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Nodes of one cluster in this process, on ports of their own choice.
final class TestNodes implements AutoCloseable {
  final NodeOptions.Limits limits;
  final RaftOptions raft;
  private final Map<ServerId, Node> running = new TreeMap<>();
  private final Map<ServerId, NodeLog> logs = new TreeMap<>();
  private final String cluster;
  private final Path folder;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final PrintStream target = new PrintStream(text, false, StandardCharsets.UTF_8);

  TestNodes(Path folder, NodeOptions.Limits limits, String... raftOptions) {
    this("test", folder, limits, raftOptions);
  }

  TestNodes(String cluster, Path folder, NodeOptions.Limits limits, String... raftOptions) {
    this.cluster = cluster;
    this.folder = folder;
    this.limits = limits;
    this.raft =
        RaftOptions.parse(
                List.of(
                    "heartbeat=40ms", "election-min=300ms", "election-max=600ms", "fsync=never"))
            .withAll(List.of(raftOptions));
  }

  /// `count` voters that know each other.
  static TestNodes started(Path folder, int count, String... raftOptions) {
    TestNodes nodes = new TestNodes(folder, NodeOptions.Limits.DEFAULTS, raftOptions);
    Configuration all = Configuration.ofVoters(count);
    all.voters().forEach(id -> nodes.start(id, all));
    return nodes;
  }

  /// Starts a node, with what its disk has if it ran before, and introduces it to all others.
  Node start(ServerId id, Configuration initial) {
    NodeOptions options =
        new NodeOptions(
            new Identity(cluster, id),
            folder.resolve(cluster + "-" + id),
            initial,
            Map.of(),
            NodeOptions.Listen.LOOPBACK,
            raft,
            NodeOptions.Admin.LOOPBACK,
            limits);
    try {
      NodeLog log = new NodeLog(target, id.toString()).start();
      Node node = Node.open(options, new FileLayerOnDisk(), log).start();
      running.forEach((other, its) -> {
        its.tell(id, node.ports().peer().address());
        node.tell(other, its.ports().peer().address());
      });
      running.put(id, node);
      logs.put(id, log);
      return node;
    } catch (Exception failed) {
      throw new AssertionError("can't start " + id, failed);
    }
  }

  Node node(ServerId id) {
    return Optional.ofNullable(running.get(id)).orElseThrow();
  }

  List<Node> all() {
    return List.copyOf(running.values());
  }

  /// Ends a node as it is.
  void end(ServerId id) {
    forget(id).close();
  }

  /// Stops a node gracefully.
  void stop(ServerId id) {
    forget(id).stop();
  }

  private Node forget(ServerId id) {
    return Optional.ofNullable(running.remove(id)).orElseThrow();
  }

  /// The node that leads, once all others that run follow it.
  Node leader() {
    return Await.found(
        "one leader whom all follow",
        () -> {
          List<Status> seen = new ArrayList<>();
          running.values().forEach(node -> seen.add(Await.done(node.status()).server()));
          ServerId leader = seen.getFirst().leader();
          boolean isAgreed =
              seen.stream()
                  .allMatch(status ->
                      status.leader().equals(leader)
                          && status.term() == seen.getFirst().term()
                          && status.role() == expected(status.id(), leader));
          return isAgreed ? Optional.ofNullable(running.get(leader)) : Optional.empty();
        });
  }

  private static Status.RoleName expected(ServerId id, ServerId leader) {
    return id.equals(leader) ? Status.RoleName.LEADER : Status.RoleName.FOLLOWER;
  }

  /// A node that runs and does not lead.
  Node follower() {
    ServerId leader = leader().options().node();
    return running.entrySet().stream()
        .filter(each -> !each.getKey().equals(leader))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /// All lines that the nodes have logged so far.
  String logged() {
    target.flush();
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    running.values().forEach(Node::close);
    logs.values().forEach(NodeLog::close);
  }
}
