package dev.labrys.cluster.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A part of Linux that counts what groups of processes use of one thing, and limits it.
///
/// Both versions of control groups may be there at the same time, each with some controllers.
///
/// @param root the folder in which there is a folder for each group
record Controller(Kind kind, Version version, Path root) {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final String ENABLED = "cgroup.subtree_control";

  /// What is limited.
  enum Kind {
    CPU("cpu"),
    MEMORY("memory");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /// Each has other files.
  enum Version {
    FIRST,
    SECOND
  }

  /// Those of a kind that this machine has: one, or none.
  ///
  /// @throws IOException if it has none; the message says what helps
  static Controller find(Kind kind) throws IOException {
    return find(kind, Files.readAllLines(MOUNTS));
  }

  static Controller find(Kind kind, List<String> mounts) throws IOException {
    Optional<Controller> disabled = Optional.empty();
    for (String line : mounts) {
      List<String> words = List.of(line.split(" ", -1));
      if (words.size() < 4) {
        continue;
      }
      Path root = Path.of(words.get(1));
      List<String> options = Arrays.asList(words.get(3).split(",", -1));
      if (words.get(2).equals("cgroup") && options.contains(kind.word)) {
        return new Controller(kind, Version.FIRST, root);
      }
      if (words.get(2).equals("cgroup2") && has(root.resolve("cgroup.controllers"), kind)) {
        Controller found = new Controller(kind, Version.SECOND, root);
        if (has(root.resolve(ENABLED), kind)) {
          return found;
        }
        disabled = Optional.of(found);
      }
    }
    throw new IOException(
        disabled
            .map(found ->
                "the controller %s is not enabled: let root write +%s into %s"
                    .formatted(kind.word, kind.word, found.root.resolve(ENABLED)))
            .orElse("no control groups with the controller %s are mounted".formatted(kind.word)));
  }

  private static boolean has(Path file, Kind kind) throws IOException {
    return Files.exists(file)
        && Arrays.asList(Files.readString(file).strip().split(" ", -1)).contains(kind.word);
  }

  /// All that this machine has.
  static List<Controller> all() {
    List<Controller> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      try {
        all.add(find(kind));
      } catch (IOException missing) {
        // Then nobody has made a group there.
      }
    }
    return all;
  }
}
