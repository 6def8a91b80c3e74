package dev.labrys.cluster.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The folder in which what runs on this machine is noted, so that it is found if its runner is
/// killed.
public final class Registry {

  private Registry() {}

  /// That of this user: `$XDG_STATE_HOME/labrys/nodes`, by default `~/.local/state/labrys/nodes`.
  public static Path ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", "")));
  }

  static Path of(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_STATE_HOME"))
        .map(Path::of)
        // Relative ones don't count, its specification says.
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".local").resolve("state"))
        .resolve("labrys")
        .resolve("nodes");
  }
}
