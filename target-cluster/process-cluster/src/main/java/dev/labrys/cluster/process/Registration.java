package dev.labrys.cluster.process;

import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.NodeId;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/// A note that something of this machine belongs to a run, and who ends it: a file that outlives a
/// crash of the runner.
///
/// @param file the note itself
/// @param owned what belongs to the run
/// @param folder of the run, for people
/// @param runner who made it, and ends it
record Registration(Path file, Owned owned, Path folder, KnownProcess runner) {
  static final String SUFFIX = ".note";

  private static final String RUNNER = "runner";
  private static final String NODE = "node";
  private static final String NETWORK = "network";
  private static final String FOLDER = "folder";

  /// Something that has to be ended or removed.
  sealed interface Owned {

    /// A node.
    record NodeProcess(NodeId node, KnownProcess process) implements Owned {}

    /// Network namespaces, and what connects them.
    record Network(String id) implements Owned {}
  }

  /// Notes something in the folder `registry`.
  static Registration write(Path registry, Owned owned, Path folder, KnownProcess runner)
      throws IOException {
    Files.createDirectories(registry);
    String name =
        switch (owned) {
          case Owned.NodeProcess(NodeId _, KnownProcess process) ->
              "%d-%08x".formatted(process.pid(), process.hashCode());
          case Owned.Network(String id) -> NETWORK + "-" + id;
        };
    Path file = registry.resolve(name + SUFFIX);
    Registration made = new Registration(file, owned, folder, runner);
    Path unfinished = registry.resolve(name + SUFFIX + ".new");
    Files.writeString(unfinished, made.text(), StandardCharsets.UTF_8);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return made;
  }

  private String text() throws IOException {
    Properties properties = new Properties();
    properties.setProperty(FOLDER, folder.toString());
    put(properties, RUNNER, runner);
    switch (owned) {
      case Owned.NodeProcess(NodeId node, KnownProcess process) -> {
        properties.setProperty(NODE, node.name());
        put(properties, NODE, process);
      }
      case Owned.Network(String id) -> properties.setProperty(NETWORK, id);
    }
    StringWriter text = new StringWriter();
    properties.store(text, "Read by `labrys clean`.");
    return text.toString();
  }

  private static void put(Properties properties, String name, KnownProcess process) {
    properties.setProperty(name + ".place", process.place());
    properties.setProperty(name + ".pid", Long.toString(process.pid()));
    properties.setProperty(name + ".started", process.started());
  }

  /// Reads a note; empty if it is none, or gone.
  static Optional<Registration> read(Path file) {
    Properties properties = new Properties();
    try (Reader text = new StringReader(Files.readString(file, StandardCharsets.UTF_8))) {
      properties.load(text);
      return Optional.of(
          new Registration(
              file,
              owned(properties),
              Path.of(required(properties, FOLDER)),
              process(properties, RUNNER)));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Owned owned(Properties properties) {
    String network = properties.getProperty(NETWORK);
    if (network != null) {
      return new Owned.Network(network);
    }
    NodeId node = new NodeId(required(properties, NODE));
    return new Owned.NodeProcess(node, process(properties, NODE));
  }

  private static KnownProcess process(Properties properties, String name) {
    return new KnownProcess(
        required(properties, name + ".place"),
        Long.parseLong(required(properties, name + ".pid")),
        required(properties, name + ".started"));
  }

  private static String required(Properties properties, String key) {
    return Optional.ofNullable(properties.getProperty(key))
        .orElseThrow(() -> new IllegalArgumentException("there is no " + key));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
