package dev.labrys.cluster;

/// Who wants to reach a node. Each viewer may be given an address of its own: that is where a proxy
/// for one directed link goes.
public sealed interface Viewer {

  /// A client, which speaks to a node's client port.
  record Client() implements Viewer {}

  /// Another node, which speaks to a node's peer port.
  record Peer(NodeId node) implements Viewer {}
}
