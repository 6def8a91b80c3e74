package dev.labrys.runner;

import dev.labrys.lab.Score;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What became of the tests of a suite, a row each.
final class LabTable {
  private static final String COLUMNS = "%-NAMEs %9s %7s %10s %9s %9s %10s";
  private static final int LEAST_NAME = 20;

  /// @param name of a test, a part, or all
  /// @param longestNanos the longest run
  private record Row(
      String name,
      long passed,
      long failed,
      long nanos,
      long longestNanos,
      long calls,
      long bytes) {
    static Row empty(String name) {
      return new Row(name, 0, 0, 0, 0, 0, 0);
    }

    Row plus(Score score) {
      return new Row(
          name,
          passed + score.passed(),
          failed + score.failed(),
          nanos + score.virtualNanos(),
          Math.max(longestNanos, score.mostVirtualNanos()),
          calls + score.calls(),
          bytes + score.bytes());
    }

    double mean(long sum) {
      return (double) sum / Math.max(1, passed + failed);
    }
  }

  private final List<Row> rows = new ArrayList<>();

  private LabTable() {}

  /// A row for each test.
  static LabTable ofTests(Collection<Score> scores) {
    LabTable table = new LabTable();
    scores.forEach(score -> table.rows.add(Row.empty(score.test().name()).plus(score)));
    return table;
  }

  /// A row for each part of the labs.
  static LabTable ofParts(Collection<Score> scores) {
    Map<String, Row> parts = new LinkedHashMap<>();
    for (Score score : scores) {
      String part = score.test().part().label();
      parts.put(part, parts.getOrDefault(part, Row.empty(part)).plus(score));
    }
    LabTable table = new LabTable();
    table.rows.addAll(parts.values());
    return table;
  }

  /// The heading and the rows, without line ends.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String format = format();
    lines.add(
        format.formatted(
            "test", "passed", "failed", "mean time", "max time", "mean RPCs", "mean bytes"));
    for (Row row : rows) {
      lines.add(
          format.formatted(
              row.name(),
              count(row.passed()),
              count(row.failed()),
              seconds(row.mean(row.nanos())),
              seconds((double) row.longestNanos()),
              count(Math.round(row.mean(row.calls()))),
              bytes(row.mean(row.bytes()))));
    }
    return lines;
  }

  private String format() {
    int longest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    return COLUMNS.replace("NAME", Integer.toString(Math.max(LEAST_NAME, longest)));
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(double nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  private static String bytes(double bytes) {
    if (bytes < 1_000) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1_000)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000);
  }
}
