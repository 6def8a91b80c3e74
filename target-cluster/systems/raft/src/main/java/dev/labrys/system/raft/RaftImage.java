package dev.labrys.system.raft;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an image of our own server is made of, and how the server is started in it.
public final class RaftImage {

  /// What the image is called that stands on a base made of what is on this machine.
  public static final String NAME = "localhost/labrys-node:dev";

  private static final String REPOSITORY = "localhost/labrys-node:on-";
  private static final int LONGEST_TAG = 100;

  /// A class of each module and library that the server consists of.
  private static final List<String> CLASSES =
      List.of(
          "dev/labrys/raft/node/NodeMain.class",
          "dev/labrys/raft/Replica.class",
          "dev/labrys/raft/store/Store.class",
          "com/fasterxml/jackson/core/JsonFactory.class",
          "picocli/CommandLine.class");

  private RaftImage() {}

  /// What the image is called that stands on another base: a run with one is not to replace that of
  /// a run with another.
  public static String on(String base) {
    String tag = base.replaceAll("[^A-Za-z0-9_.-]", "-");
    return REPOSITORY + tag.substring(Math.max(0, tag.length() - LONGEST_TAG));
  }

  /// The files and folders of this JVM's class path that the server needs.
  public static List<Path> classPath() {
    return CLASSES.stream().map(RaftImage::entryWith).toList();
  }

  private static Path entryWith(String name) {
    URL found =
        Optional.ofNullable(ClassLoader.getSystemResource(name))
            .orElseThrow(
                () -> new IllegalStateException("%s is not on the class path".formatted(name)));
    String place = found.toString();
    String entry = place.substring(0, place.length() - name.length());
    String file = entry.startsWith("jar:") ? entry.substring(4, entry.length() - 2) : entry;
    try {
      return Path.of(new URI(file));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The server as it is started in the image.
  ///
  /// @param options as in [RaftProgram]
  public static RaftProgram program(String cluster, List<String> options) {
    return new RaftProgram(
        List.of("java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50"), cluster, options);
  }
}
