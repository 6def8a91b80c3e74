package dev.labrys.cluster.container;

import dev.labrys.cluster.NodeId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The place of a node, which stays while containers come and go.
///
/// @param node whose it is
/// @param network that it is in, by name
/// @param address of the node in that network
/// @param volume with its data, by name
/// @param published ports of this machine, by the ports of the node that they lead to
record Berth(
    NodeId node, String network, String address, String volume, Map<Integer, Integer> published) {
  Berth {
    published = Collections.unmodifiableMap(new TreeMap<>(published));
  }
}
