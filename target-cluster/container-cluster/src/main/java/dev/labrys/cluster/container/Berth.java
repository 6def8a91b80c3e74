package dev.labrys.cluster.container;

import dev.labrys.cluster.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The place of a node, which stays while containers come and go.
///
/// @param node whose it is
/// @param network that it is in, by name
/// @param address of the node in that network
/// @param volume with its data, by name, or a folder of this machine
/// @param views files and folders of this machine that it sees, and can't change
/// @param published ports of this machine, by the ports of the node that they lead to
record Berth(
    NodeId node,
    String network,
    String address,
    String volume,
    Set<Path> views,
    Map<Integer, Integer> published) {
  Berth {
    views = Collections.unmodifiableSortedSet(new TreeSet<>(views));
    published = Collections.unmodifiableMap(new TreeMap<>(published));
  }

  /// Makes a volume for the data of a node, and names it.
  static String createVolume(Engine engine, Run run, NodeId node) throws IOException {
    String volume = run.name(node.name());
    Engine.ask(
        "make a volume",
        () ->
            engine
                .client()
                .createVolumeCmd()
                .withName(volume)
                .withLabels(run.labels(node.name()))
                .exec());
    return volume;
  }
}
