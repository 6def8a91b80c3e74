package dev.labrys.runner;

import dev.labrys.experiment.Experiment;
import dev.labrys.experiment.RunFolder;
import dev.labrys.nemesis.IncidentLog;
import dev.labrys.nemesis.Schedule;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What goes wrong in `labrys run`.
final class TroubleChoice {
  private static final long LARGEST_FILE = 16 << 20;
  private static final String NONE = "none";

  /// Absent: what is usual for the system.
  @Option(
      names = {"-f", "--faults"},
      paramLabel = "KINDS",
      description =
          "What goes wrong: kinds and their options, separated by commas; none; or auto for all"
              + " that this machine can do. --list shows the kinds. Default:"
              + " partition,latency,kill,pause and, of labrys-raft, stall.")
  private @Nullable String faults;

  /// Absent: drawn from `faults`.
  @Option(
      names = "--schedule",
      paramLabel = "FILE",
      description =
          "Play this schedule or plan instead; docs/guide/faults.md tells how to write one.")
  private @Nullable String schedule;

  /// Absent: drawn from `faults`.
  @Option(
      names = "--replay-faults",
      paramLabel = "FILE",
      description =
          "Do again what was really done in another run, to whom and when: its faults.jsonl, or"
              + " its folder.")
  private @Nullable String replayed;

  @Option(
      names = "--recovery",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "5s",
      description =
          "Within which the cluster must serve again once all is healed, or the run is invalid."
              + " Default: 5s.")
  private Duration recovery = Duration.ofSeconds(5);

  /// @param usual what goes wrong if nobody says what
  /// @throws IllegalArgumentException if what a file says can't be read, saying where
  /// @throws IOException if a file can't be read at all
  Experiment.Trouble trouble(String usual, Terminal terminal) throws IOException {
    String kinds = faults == null ? usual : faults;
    boolean isDrawn = schedule == null && replayed == null;
    if (isDrawn && kinds.isBlank()) {
      throw CommandFailure.usage("say which faults: kinds of them, auto or none");
    }
    String drawn = isDrawn && !kinds.equals(NONE) ? kinds : "";
    return new Experiment.Trouble(drawn, scheduleText(terminal), recovery);
  }

  private String scheduleText(Terminal terminal) throws IOException {
    if (schedule != null && replayed != null) {
      throw CommandFailure.usage("--schedule does not go with --replay-faults");
    }
    if (schedule != null) {
      return required(text(terminal.path(schedule), schedule), schedule);
    }
    if (replayed == null) {
      return "";
    }
    Path path = terminal.path(replayed);
    Path file = RunFolder.isOne(path) ? new RunFolder(path).faults() : path;
    String incidents = text(file, replayed);
    return required(
        Schedule.replay(IncidentLog.read(new StringReader(incidents))).text(), replayed);
  }

  private static String text(Path file, String name) throws IOException {
    if (Files.isDirectory(file)) {
      throw CommandFailure.usage(name + " is a folder, and not that of a run; name a file");
    }
    if (Files.exists(file) && (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE)) {
      throw CommandFailure.usage(name + " is no file, or too large for a schedule");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException binary) {
      throw CommandFailure.usage(name + " is no text in UTF-8");
    }
  }

  private static String required(String schedule, String file) {
    if (schedule.isBlank()) {
      throw CommandFailure.usage(file + " has no fault; --faults none asks for none");
    }
    return schedule;
  }
}
