package dev.labrys.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.labrys.report.RunReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What nodes have written, on the clock of the run.
///
/// Our own nodes write JSON lines with the monotonic clock of the machine; a line of another kind
/// has the time of the one before.
final class NodeLogs {
  private static final int MOST_LINES = 100_000;
  private static final int LONGEST_LINE = 2_000;
  private static final JsonFactory JSON = new JsonFactory();

  /// What the page shows in columns of its own.
  private static final List<String> SHOWN_ELSEWHERE = List.of("time", "nanos", "node", "level");

  private NodeLogs() {}

  /// The lines of `file`; none if there is no such file.
  ///
  /// @param originNanos what the monotonic clock of the machine was at the start of the run
  static List<RunReport.LogLine> read(Path file, long originNanos) throws IOException {
    List<RunReport.LogLine> lines = new ArrayList<>();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return lines;
    }
    // A node may write any bytes.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      long last = 0;
      StringBuilder line = new StringBuilder();
      while (lines.size() < MOST_LINES && next(reader, line)) {
        RunReport.LogLine read = parse(line.toString(), originNanos, last);
        last = read.timeNanos();
        lines.add(read);
      }
    }
    return lines;
  }

  /// Takes a line, however long it may be, and keeps its beginning.
  private static boolean next(BufferedReader reader, StringBuilder line) throws IOException {
    line.setLength(0);
    int read = reader.read();
    if (read < 0) {
      return false;
    }
    while (read >= 0 && read != '\n') {
      if (line.length() < LONGEST_LINE) {
        line.append((char) read);
      }
      read = reader.read();
    }
    return true;
  }

  private static RunReport.LogLine parse(String line, long originNanos, long last) {
    long time = last;
    RunReport.Level level = RunReport.Level.INFO;
    StringBuilder text = new StringBuilder();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return plain(line, last);
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("nanos")) {
          time = Math.max(0, json.getValueAsLong() - originNanos);
        } else if (name.equals("level")) {
          level = level(json.getText());
        } else if (name.equals("event")) {
          text.insert(0, json.getText() + " ");
        }
        if (!SHOWN_ELSEWHERE.contains(name) && !name.equals("event")) {
          text.append(' ').append(name).append('=').append(json.getText());
        }
        json.skipChildren();
      }
    } catch (IOException notJson) {
      return plain(line, last);
    }
    return new RunReport.LogLine(time, level, text.toString().strip());
  }

  private static RunReport.LogLine plain(String line, long time) {
    boolean isTrouble = line.contains("Exception") || line.contains("Error");
    return new RunReport.LogLine(
        time, isTrouble ? RunReport.Level.ERROR : RunReport.Level.INFO, line.strip());
  }

  private static RunReport.Level level(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "error", "fatal" -> RunReport.Level.ERROR;
      case "warn", "warning" -> RunReport.Level.WARNING;
      case "debug", "trace" -> RunReport.Level.DEBUG;
      default -> RunReport.Level.INFO;
    };
  }
}
