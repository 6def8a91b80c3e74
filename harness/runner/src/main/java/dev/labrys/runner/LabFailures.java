package dev.labrys.runner;

import dev.labrys.lab.LabSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The file of failures: for each the command that repeats it. It is written as failures come, and
/// not at all if none do.
final class LabFailures {
  private static final String PLAIN = "[A-Za-z0-9=._,:/-]+";

  private final Terminal terminal;
  private final String name;
  private final Path file;
  private final List<String> raftOptions;
  private State state = State.NOT_NEEDED;

  private enum State {
    NOT_NEEDED,
    WRITTEN,
    IMPOSSIBLE
  }

  /// @param wanted the name of the file; absent: one that names the seed
  /// @param raftOptions what has to be said again when a run is repeated
  LabFailures(
      Terminal terminal, @Nullable String wanted, List<String> raftOptions, LabSuite.Plan plan) {
    this.terminal = terminal;
    this.name = wanted == null ? "lab-failures-%d.txt".formatted(plan.root().number()) : wanted;
    this.file = terminal.newFile(name);
    this.raftOptions = raftOptions;
  }

  void save(LabSuite.Failure failure) {
    String text =
        "# %s, run %d: %s%n%s%n"
            .formatted(
                failure.result().test(),
                failure.run(),
                Printable.line(failure.ending().reason()),
                command(failure));
    try {
      if (state == State.NOT_NEEDED) {
        Files.writeString(file, text);
        state = State.WRITTEN;
      } else if (state == State.WRITTEN) {
        Files.writeString(file, text, StandardOpenOption.APPEND);
      }
    } catch (IOException wrong) {
      state = State.IMPOSSIBLE;
      terminal.warn("labrys: can't save failures: %s%n".formatted(Diagnosis.of(wrong).message()));
    }
  }

  /// The command that repeats `failure`, and shows what happens.
  String command(LabSuite.Failure failure) {
    String options =
        raftOptions.stream()
            .map(option -> " --raft-option " + quoted(option))
            .collect(Collectors.joining());
    return "labrys lab %s --replay %s%s --log"
        .formatted(failure.result().test(), failure.result().seed(), options);
  }

  private static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// Where they are, for people; empty if they are nowhere.
  String place() {
    return state == State.WRITTEN ? Printable.line(name) : "";
  }
}
