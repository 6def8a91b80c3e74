package dev.labrys.raft.node;

import java.nio.file.Path;

/// Thrown where a folder must not be used as it is. The message names what is wrong, where, and
/// what to do: it is for the one who runs the server.
final class StorageException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String REPLACE_SERVER =
      "This server can't know any more what it has promised to others: remove it from its cluster,"
          + " empty the folder, and add it as a new one";

  StorageException(String problem, String mend) {
    super("%s. %s.".formatted(problem, mend));
  }

  /// That bytes are not those that were written.
  ///
  /// @param problem what is there, and what was expected
  static StorageException damaged(Path file, long offset, String problem) {
    return new StorageException(
        "%s is damaged at byte %d: %s".formatted(file, offset, problem), REPLACE_SERVER);
  }

  /// That files which are as they were written don't belong together.
  static StorageException inconsistent(Path file, String problem) {
    return new StorageException("%s: %s".formatted(file, problem), REPLACE_SERVER);
  }
}
