package dev.labrys.cluster.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A note that a process runs as a node, and for whom: a file that outlives a crash of the runner.
///
/// A process is known by its number and the time it was started, as numbers are used again.
///
/// @param file the note itself
/// @param node the process
/// @param runner who started it, and ends it
record Registration(Path file, Identified node, Identified runner) {
  static final String SUFFIX = ".node";

  /// A process that can't be taken for another.
  record Identified(long pid, Instant started) {

    static Identified of(ProcessHandle process) {
      return new Identified(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /// The process, if it is still there.
    Optional<ProcessHandle> find() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(found -> of(found).equals(this));
    }

    private String text() {
      return pid + " " + started;
    }

    private static Identified parse(String line) {
      String[] words = line.split(" ", -1);
      if (words.length != 2) {
        throw new IllegalArgumentException("not a process: " + line);
      }
      return new Identified(Long.parseLong(words[0]), Instant.parse(words[1]));
    }
  }

  /// Notes that `process` runs for this JVM.
  static Registration write(Path registry, ProcessHandle process) throws IOException {
    Files.createDirectories(registry);
    Registration made =
        new Registration(
            registry.resolve(process.pid() + SUFFIX),
            Identified.of(process),
            Identified.of(ProcessHandle.current()));
    Path unfinished = registry.resolve(process.pid() + ".new");
    String text = made.node.text() + "\n" + made.runner.text() + "\n";
    Files.writeString(unfinished, text, StandardCharsets.UTF_8);
    Files.move(unfinished, made.file, StandardCopyOption.ATOMIC_MOVE);
    return made;
  }

  /// Reads a note; empty if it is none, or gone.
  static Optional<Registration> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.size() != 2) {
        return Optional.empty();
      }
      return Optional.of(
          new Registration(file, Identified.parse(lines.get(0)), Identified.parse(lines.get(1))));
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
