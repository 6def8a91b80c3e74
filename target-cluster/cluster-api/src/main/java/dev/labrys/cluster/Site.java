package dev.labrys.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a node is to be told: where to write, where to listen, and where the others are.
public interface Site {

  /// The node itself.
  NodeId node();

  /// The nodes that the cluster begins with.
  List<NodeId> members();

  /// All nodes there may ever be, this one included.
  List<NodeId> nodes();

  /// Its folder, as the node sees it. It outlives the node.
  Path data();

  /// Where it is to keep a copy of what it has synced, as the node sees it: below its folder. Empty
  /// unless its program [can][Program#keepsSyncedCopy] and somebody wants that.
  Optional<Path> syncedCopy();

  /// Where the node should listen.
  Address listen(String port);

  /// Where clients and others outside the cluster reach `node`: at the port itself but for that of
  /// clients, which may have a proxy before it.
  Address advertised(NodeId node, String port);

  /// Where this node reaches `peer`: not necessarily where others do, as each link may have a proxy
  /// of its own.
  Address peer(NodeId peer);
}
