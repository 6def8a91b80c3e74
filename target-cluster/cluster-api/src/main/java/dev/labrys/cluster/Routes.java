package dev.labrys.cluster;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Where everybody reaches everybody else, by the links between them.
public final class Routes {
  private final Map<Way, Address> addresses = new HashMap<>();

  private Routes() {}

  /// Builds the links between `nodes`, and from clients to them.
  ///
  /// @param ports where each node really listens, by the names of its program's ports
  /// @param hostForNodes by which the nodes reach this machine
  /// @param hostForClients by which clients do
  public static Routes build(
      Links links,
      List<NodeId> nodes,
      BiFunction<NodeId, String, Address> ports,
      String hostForNodes,
      String hostForClients)
      throws IOException {
    Routes routes = new Routes();
    for (NodeId to : nodes) {
      Address client = ports.apply(to, Program.CLIENT_PORT);
      routes.addresses.put(
          Way.toNode(to), links.between(new Party.Clients(), to, client, hostForClients));
      Address peer = ports.apply(to, Program.PEER_PORT);
      for (NodeId from : nodes) {
        if (!from.equals(to)) {
          routes.addresses.put(
              Way.between(from, to), links.between(new Party.Member(from), to, peer, hostForNodes));
        }
      }
    }
    return routes;
  }

  /// Where `from` reaches `to`.
  public Address find(Party from, NodeId to) {
    Way way = new Way(from, new Party.Member(to));
    return Optional.ofNullable(addresses.get(way))
        .orElseThrow(() -> new IllegalArgumentException("there is no way %s".formatted(way)));
  }
}
