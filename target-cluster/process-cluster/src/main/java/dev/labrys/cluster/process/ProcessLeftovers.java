package dev.labrys.cluster.process;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Nodes and networks of this machine whose runner is gone, found by the notes about them.
///
/// There are hardly any nodes: a node's guard ends it when its runner goes. What remains are notes
/// about them, and networks.
public final class ProcessLeftovers implements Leftovers {
  private final Path registry;

  /// @param registry the folder of the notes
  public ProcessLeftovers(Path registry) {
    this.registry = registry.toAbsolutePath();
  }

  @Override
  public List<String> find(Sweep sweep) throws IOException {
    List<String> found = new ArrayList<>();
    for (Registration note : notes(sweep)) {
      found.add(name(note));
    }
    return found;
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    Attempts.forEach(
        notes(sweep),
        note -> {
          String name = name(note);
          end(note.owned());
          note.delete();
          removed.accept(name);
        });
  }

  private List<Registration> notes(Sweep sweep) throws IOException {
    if (!Files.isDirectory(registry)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(registry)) {
      return files
          .filter(file -> file.getFileName().toString().contains(Registration.SUFFIX))
          .sorted()
          .flatMap(file -> Registration.read(file).stream())
          .filter(note -> isIn(sweep, note.runner()))
          .toList();
    }
  }

  /// A home folder may be shared by machines: what runs elsewhere can't be ended here.
  private static boolean isIn(Sweep sweep, KnownProcess runner) {
    return switch (sweep) {
      case ORPHANS -> runner.isGone();
      case ALL -> runner.isGone() || runner.find().isPresent();
    };
  }

  private static String name(Registration note) {
    return switch (note.owned()) {
      case Registration.Owned.NodeProcess(NodeId node, KnownProcess process) ->
          process.find().isPresent()
              ? "process %d, %s of %s".formatted(process.pid(), node, note.folder())
              : "note of %s of %s, which has ended".formatted(node, note.folder());
      case Registration.Owned.Network(String id) ->
          "network %s of %s".formatted(Namespaces.name(id), note.folder());
    };
  }

  private static void end(Registration.Owned owned) throws IOException {
    switch (owned) {
      case Registration.Owned.NodeProcess(NodeId _, KnownProcess process) -> {
        Optional<ProcessHandle> found = process.find();
        if (found.isPresent()) {
          new ProcessGroup(found.get()).end();
        }
      }
      case Registration.Owned.Network(String id) -> Namespaces.remove(id);
    }
  }
}
