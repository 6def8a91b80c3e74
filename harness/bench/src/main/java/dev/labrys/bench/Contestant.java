package dev.labrys.bench;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A cluster of processes on this machine that is measured, whatever system it is.
final class Contestant implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern ROLE = Pattern.compile("\"role\":\"leader\"");
  private static final Pattern MEMBER = Pattern.compile("\"member_id\":\"([0-9]+)\"");

  private final Entry entry;
  private final ProcessCluster cluster;
  private final KeySpace keys;
  private final Set<ProcessHandle> processes;
  private final HttpClient http =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE).build();

  /// The systems that can be measured.
  enum Kind {
    LABRYS,
    ETCD
  }

  /// Whom clients ask.
  enum Spread {
    LEADER,
    /// All nodes by turns, which pass on to the leader what only that can do.
    ALL
  }

  /// What is entered.
  ///
  /// @param name that tells it from the others in the table
  record Entry(Kind kind, String name, Program program) {}

  private Contestant(
      Entry entry, ProcessCluster cluster, KeySpace keys, Set<ProcessHandle> processes) {
    this.entry = entry;
    this.cluster = cluster;
    this.keys = keys;
    this.processes = processes;
  }

  /// Starts `nodes` nodes.
  static Contestant start(Entry entry, int nodes, Path folder, KeySpace keys) throws IOException {
    Set<ProcessHandle> before = children();
    ProcessOptions options = ProcessOptions.of(folder, nodes, folder.resolve("registry"));
    ProcessCluster cluster = ProcessCluster.start(options, entry.program());
    Set<ProcessHandle> processes = children();
    processes.removeAll(before);
    return new Contestant(entry, cluster, keys, processes);
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  String name() {
    return entry.name();
  }

  KeySpace keys() {
    return keys;
  }

  /// The processes that are its nodes.
  List<Long> pids() {
    return processes.stream().map(ProcessHandle::pid).sorted().toList();
  }

  /// The processor time that the nodes have taken together.
  Duration processorTime() {
    return processes.stream()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// Where clients connect. Ours ask the leader: other nodes would tell them to.
  List<InetSocketAddress> entrances(Spread ofEtcd) throws IOException {
    InetSocketAddress leader = leader();
    boolean isSpread = entry.kind() == Kind.ETCD && ofEtcd == Spread.ALL;
    return isSpread ? cluster.nodes().stream().map(this::clientPort).toList() : List.of(leader);
  }

  private InetSocketAddress leader() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      for (NodeId node : cluster.nodes()) {
        if (leads(node)) {
          return clientPort(node);
        }
      }
    }
    throw new IOException("no node of %s leads".formatted(name()));
  }

  private InetSocketAddress clientPort(NodeId node) {
    Address address = cluster.own(node, Program.CLIENT_PORT);
    return new InetSocketAddress(address.host(), address.port());
  }

  private boolean leads(NodeId node) throws IOException {
    return switch (entry.kind()) {
      case LABRYS ->
          ROLE.matcher(ask(request(cluster.own(node, "http"), "/status", HttpRequest.Builder::GET)))
              .find();
      case ETCD -> {
        String status =
            ask(
                request(
                    cluster.own(node, Program.CLIENT_PORT),
                    "/v3/maintenance/status",
                    builder -> builder.POST(HttpRequest.BodyPublishers.ofString("{}"))));
        Matcher member = MEMBER.matcher(status);
        yield member.find() && status.contains("\"leader\":\"" + member.group(1) + "\"");
      }
    };
  }

  private static HttpRequest request(
      Address address, String path, Function<HttpRequest.Builder, HttpRequest.Builder> method) {
    URI uri = URI.create("http://" + address + path);
    return method.apply(HttpRequest.newBuilder(uri).timeout(PATIENCE)).build();
  }

  private String ask(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stop);
    }
  }

  /// A client's side of a connection to a node.
  Talk talk(Load.Operation operation, InetSocketAddress node) {
    return switch (entry.kind()) {
      case LABRYS -> new RaftTalk();
      case ETCD ->
          new EtcdTalk(
              operation == Load.Operation.PUT ? "Put" : "Range",
              node.getHostString() + ":" + node.getPort());
    };
  }

  @Override
  public void close() throws IOException {
    http.close();
    cluster.close();
  }
}
