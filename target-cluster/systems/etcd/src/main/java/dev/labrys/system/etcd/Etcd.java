package dev.labrys.system.etcd;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.HttpProbe;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import dev.labrys.cluster.Standing;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// etcd, from version 3.4 on.
///
/// Its members have to know each other by the same addresses. Where something stands between them,
/// and each is to reach the others by ways of its own, these are names only, made of addresses that
/// nobody has; each server finds the others by a [ForwardProxy] of its own.
public final class Etcd implements Program, Closeable {

  /// What an image of the etcd of this machine is called.
  public static final String IMAGE = "localhost/labrys-etcd:installed";

  private static final HttpProbe HTTP = new HttpProbe(Duration.ofMillis(200));
  private static final HttpProbe PATIENT_HTTP = new HttpProbe(Duration.ofSeconds(10));

  /// Addresses for documentation: Go programs don't ask a proxy for those of loopback.
  private static final String NAMES = "192.0.2.";

  private static final int MOST_NODES = 254;
  private static final int PEER_PORT_OF_ALL = 2380;

  private final EtcdOptions options;
  private final Map<NodeId, ForwardProxy> proxies = new HashMap<>();

  public Etcd(EtcdOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public List<String> ports() {
    return List.of(PEER_PORT, CLIENT_PORT);
  }

  @Override
  public Launch launch(Site site) {
    if (site.nodes().size() > MOST_NODES) {
      throw new IllegalArgumentException("an etcd cluster here has at most 254 nodes");
    }
    String client = "http://" + site.listen(CLIENT_PORT);
    List<String> command =
        new ArrayList<>(
            List.of(
                options.executable(),
                "--name=" + site.node(),
                "--data-dir=" + site.data().resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=http://" + site.listen(PEER_PORT),
                "--initial-advertise-peer-urls=" + url(site, site.node()),
                "--initial-cluster=" + members(site),
                "--initial-cluster-token=labrys",
                "--initial-cluster-state=new",
                "--logger=zap",
                "--log-outputs=stderr"));
    command.addAll(options.flags());
    // It hears clients only once a leader knows it, which may be long after it was started.
    return new Launch(command, environment(site), new Readiness.Line("serving peer traffic"));
  }

  private static String members(Site site) {
    return site.members().stream()
        .map(node -> node + "=" + url(site, node))
        .collect(Collectors.joining(","));
  }

  private static String url(Site site, NodeId node) {
    return isDirect(site)
        ? "http://" + site.advertised(node, PEER_PORT)
        : "http://%s:%d".formatted(nameOf(site, node), PEER_PORT_OF_ALL);
  }

  /// Whether nothing stands between the nodes, and all find one at its own address.
  private static boolean isDirect(Site site) {
    return others(site).allMatch(node -> site.peer(node).equals(site.advertised(node, PEER_PORT)));
  }

  private static Stream<NodeId> others(Site site) {
    return site.nodes().stream().filter(node -> !node.equals(site.node()));
  }

  private SortedMap<String, String> environment(Site site) {
    if (isDirect(site)) {
      // Whatever proxies the runner's own environment names are not for nodes.
      return new TreeMap<>(Map.of("NO_PROXY", "*", "no_proxy", "*"));
    }
    String proxy = "http://" + proxy(site).address();
    return new TreeMap<>(
        Map.of("HTTP_PROXY", proxy, "http_proxy", proxy, "NO_PROXY", "", "no_proxy", ""));
  }

  private static String nameOf(Site site, NodeId node) {
    return NAMES + (site.nodes().indexOf(node) + 1);
  }

  private synchronized ForwardProxy proxy(Site site) {
    return proxies.computeIfAbsent(
        site.node(),
        node -> {
          Map<String, Address> routes =
              others(site).collect(Collectors.toMap(other -> nameOf(site, other), site::peer));
          // What stands between is on this machine, as the proxy is.
          String host = routes.values().iterator().next().host();
          try {
            return ForwardProxy.open(host, name -> Optional.ofNullable(routes.get(name)));
          } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
          }
        });
  }

  @Override
  public Set<Capability> offers() {
    return Set.of(Capability.TRANSFER_LEADERSHIP);
  }

  @Override
  public Optional<Standing> standing(Function<String, Address> ports) {
    return status(ports.apply(CLIENT_PORT)).map(EtcdStatus::standing);
  }

  private static Optional<EtcdStatus> status(Address client) {
    return HTTP.post(client, "/v3/maintenance/status", "{}")
        .flatMap(EtcdJson::read)
        .flatMap(EtcdStatus::of);
  }

  @Override
  public void transfer(List<NodeId> nodes, BiFunction<NodeId, String, Address> ports, NodeId target)
      throws IOException {
    EtcdStatus chosen =
        status(ports.apply(target, CLIENT_PORT))
            .orElseThrow(() -> new IOException("%s does not say who it is".formatted(target)));
    for (NodeId node : nodes) {
      Address client = ports.apply(node, CLIENT_PORT);
      if (status(client).filter(EtcdStatus::isLeader).isPresent()) {
        String json = "{\"targetID\":\"%s\"}".formatted(chosen.member());
        if (PATIENT_HTTP.post(client, "/v3/maintenance/transfer-leadership", json).isEmpty()) {
          throw new IOException("%s has not let %s lead".formatted(node, target));
        }
        return;
      }
    }
    throw new IOException("none of %s says it leads".formatted(nodes));
  }

  /// A client asks its own server, which passes on what only the leader can do.
  @Override
  public Client client(List<Address> nodes, Client.Habit habit) {
    return new EtcdClient(nodes.getFirst(), options.reads());
  }

  /// Ends the servers' ways to each other.
  @Override
  public synchronized void close() throws IOException {
    for (ForwardProxy proxy : proxies.values()) {
      proxy.close();
    }
  }
}
