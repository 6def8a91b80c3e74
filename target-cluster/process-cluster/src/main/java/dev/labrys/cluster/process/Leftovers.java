package dev.labrys.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Nodes whose runner is gone.
///
/// There are hardly any: a node's guard ends it when its runner goes. It takes somebody who ends
/// the guard as well, or a note that nobody removed.
public final class Leftovers {
  private final Path registry;

  /// @param registry where nodes are noted
  public Leftovers(Path registry) {
    this.registry = registry.toAbsolutePath();
  }

  /// Ends them, and removes their notes. Nodes whose runner is there are left alone, and so is
  /// everything that no note speaks of.
  ///
  /// @return the processes that were ended
  public List<Long> remove() throws IOException {
    List<Long> ended = new ArrayList<>();
    for (Path file : notes()) {
      Optional<Registration> note = Registration.read(file);
      if (note.isEmpty() || note.get().runner().find().isPresent()) {
        continue;
      }
      Optional<ProcessHandle> node = note.get().node().find();
      if (node.isPresent()) {
        node.get().destroyForcibly();
        node.get().onExit().join();
        ended.add(node.get().pid());
      }
      note.get().delete();
    }
    return ended;
  }

  private List<Path> notes() throws IOException {
    if (!Files.isDirectory(registry)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(registry)) {
      return files.filter(file -> file.toString().endsWith(Registration.SUFFIX)).sorted().toList();
    }
  }
}
