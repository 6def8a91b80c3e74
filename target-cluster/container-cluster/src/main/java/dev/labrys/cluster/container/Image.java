package dev.labrys.cluster.container;

import java.io.IOException;
import java.nio.file.Path;

/// What containers are made from.
///
/// @param name as engines write it. One below `localhost/` is never looked for in a registry;
///   others are downloaded if the engine does not have them
/// @param data the folder that outlives a container
public record Image(String name, Path data) {
  private static final String LOCAL = "localhost/";
  private static final Path DATA = Path.of("/data");

  public Image {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an image needs a name");
    }
    if (!data.isAbsolute()) {
      throw new IllegalArgumentException("the folder of data is not absolute: " + data);
    }
  }

  /// The image of that name, with its data in `/data`.
  public static Image of(String name) {
    return new Image(name, DATA);
  }

  /// Whether an image can be called that.
  public static boolean isName(String text) {
    return text.matches("[a-z0-9][A-Za-z0-9._/:@-]*");
  }

  /// Whether the engine has to have it.
  boolean isLocal() {
    return isLocal(name);
  }

  /// @throws ContainersUnavailable if the engine lacks it, and may not look for it elsewhere
  void requireAt(Engine engine) throws IOException {
    if (isLocal() && !engine.hasImage(name)) {
      throw new ContainersUnavailable(
          ("the engine at %s has no image %s, and none below localhost/ is ever looked for in a"
                  + " registry: build it first")
              .formatted(engine, name));
    }
  }

  static boolean isLocal(String name) {
    return name.startsWith(LOCAL);
  }
}
