package dev.labrys.experiment;

import dev.labrys.cluster.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What nodes had on disk.
public final class NodeData {
  private NodeData() {}

  /// Removes the folders of all nodes, and leaves their logs.
  public static void delete(Path nodes) throws IOException {
    if (!Files.isDirectory(nodes)) {
      return;
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(nodes)) {
      folders = all.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      Trees.delete(folder);
    }
  }
}
