package dev.labrys.cluster.machine;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Trees;
import java.io.IOException;
import java.nio.file.Path;

/// What nodes keep of their files as a loss of power would leave them, each below its own folder.
///
/// A node writes there only what it has synced. So whatever ends it, the copy is what its folder is
/// to be after a loss of power.
final class SyncedCopies {

  /// As `labrys faults` calls it.
  static final String MEANS = "a copy that it keeps of what it has synced";

  private static final String FOLDER = "synced";

  private final RunningNodes nodes;
  private final Path folder;

  /// @param folder of the run
  SyncedCopies(RunningNodes nodes, Path folder) {
    this.nodes = nodes;
    this.folder = folder;
  }

  /// Where a node keeps its copy.
  ///
  /// @param data its folder
  static Path in(Path data) {
    return data.resolve(FOLDER);
  }

  /// Loses what a node that has ended did not sync. The copy stays: the next loss may come before
  /// the node has synced anything.
  void losePower(NodeId node) throws IOException {
    Path data = nodes.data(node);
    Path left = folder.resolve(node.name() + ".left");
    Trees.copy(in(data), left);
    Trees.copy(left, data);
    Trees.copy(left, in(data));
    Trees.delete(left);
  }
}
