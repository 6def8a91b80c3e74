package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import dev.labrys.cluster.Subnet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The network of a cluster, in which each node has an address for good.
///
/// An address that an engine chooses may change with a restart, and a name is unknown while its
/// node is down.
///
/// @param name at the engine
/// @param subnet its addresses
record PrivateNetwork(String name, Subnet subnet) {

  /// The addresses below are the gateway's, and for proxies.
  private static final int FIRST_NODE = 11;

  /// Makes it, of addresses that neither the engine nor this machine uses.
  static PrivateNetwork create(Engine engine, Run run) throws IOException {
    List<Subnet> taken = new ArrayList<>(Subnet.ofThisMachine());
    taken.addAll(ofEngine(engine));
    IOException last = new IOException("all of them are taken");
    for (Subnet subnet : Subnet.choice(run.id().hashCode())) {
      if (taken.stream().anyMatch(subnet::overlaps)) {
        continue;
      }
      try {
        return create(engine, run, subnet);
      } catch (IOException refused) {
        if (!String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains("overlap")) {
          throw refused;
        }
        last = refused;
      }
    }
    throw new IOException("no range of addresses is free for a network of containers", last);
  }

  private static PrivateNetwork create(Engine engine, Run run, Subnet subnet) throws IOException {
    String name = run.name("net");
    Network.Ipam addresses =
        new Network.Ipam()
            .withConfig(
                new Network.Ipam.Config()
                    .withSubnet(subnet.toString())
                    .withGateway(subnet.address(1)));
    Engine.ask(
        "make a network",
        () ->
            engine
                .client()
                .createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withIpam(addresses)
                .withLabels(run.labels())
                .withOptions(Map.of("com.docker.network.bridge.name", "lab" + run.id()))
                .exec());
    return new PrivateNetwork(name, subnet);
  }

  private static List<Subnet> ofEngine(Engine engine) throws IOException {
    DockerClient client = engine.client();
    return Engine.ask("list networks", () -> client.listNetworksCmd().exec()).stream()
        .flatMap(network -> Optional.ofNullable(network.getIpam()).stream())
        .flatMap(ipam -> Optional.ofNullable(ipam.getConfig()).stream())
        .flatMap(List::stream)
        .flatMap(config -> Optional.ofNullable(config.getSubnet()).stream())
        .flatMap(subnet -> Subnet.parse(subnet).stream())
        .toList();
  }

  /// The address by which nodes reach the engine's machine.
  String host() {
    return subnet.address(1);
  }

  /// Whether its bridge is in the network namespace of this process.
  boolean isHere() throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getByName(host())) != null;
  }

  /// The address of the node with that place in the order of nodes.
  String address(int node) {
    return subnet.address(FIRST_NODE + node);
  }
}
