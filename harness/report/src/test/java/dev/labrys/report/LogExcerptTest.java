package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.report.RunReport.Level;
import dev.labrys.report.RunReport.LogLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogExcerptTest {

  @Test
  void keepsAllThatFit() {
    List<LogLine> log = log(100);

    assertThat(LogExcerpt.of(log, new LogExcerpt.Room(100, 10_000)))
        .isEqualTo(new LogExcerpt(log, 0));
  }

  @Test
  void leavesOutTheLeastImportantFirstAndKeepsBothEnds() {
    List<LogLine> log = log(100);

    LogExcerpt excerpt = LogExcerpt.of(log, new LogExcerpt.Room(24, 10_000));

    assertThat(excerpt.leftOut()).isEqualTo(76);
    assertThat(excerpt.lines()).filteredOn(line -> line.level() == Level.ERROR).hasSize(10);
    assertThat(excerpt.lines()).filteredOn(line -> line.level() == Level.WARNING).hasSize(10);
    assertThat(excerpt.lines())
        .filteredOn(line -> line.level() == Level.DEBUG)
        .extracting(LogLine::timeNanos)
        .containsExactly(2L, 3L, 98L, 99L);
    assertThat(excerpt.lines())
        .isSortedAccordingTo((a, b) -> Long.compare(a.timeNanos(), b.timeNanos()));
  }

  @Test
  void boundsTheCharacters() {
    List<LogLine> log = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      log.add(new LogLine(i, Level.INFO, "x".repeat(1_000_000)));
    }

    LogExcerpt excerpt = LogExcerpt.of(log, new LogExcerpt.Room(50, 6_000));

    assertThat(excerpt.lines()).hasSize(10);
    assertThat(excerpt.leftOut()).isEqualTo(40);
  }

  @Test
  void sharesTheRoomAmongNodes() {
    assertThat(LogExcerpt.Room.of(0)).isEqualTo(LogExcerpt.Room.of(1));
    assertThat(LogExcerpt.Room.of(5)).isEqualTo(new LogExcerpt.Room(20_000, 1_600_000));
    assertThat(LogExcerpt.Room.of(100)).isEqualTo(new LogExcerpt.Room(1_200, 80_000));
  }

  /// Of every ten lines one is an error, one a warning, and the others are of no interest.
  private static List<LogLine> log(int lines) {
    List<LogLine> log = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      Level level = i % 10 == 0 ? Level.ERROR : i % 10 == 1 ? Level.WARNING : Level.DEBUG;
      log.add(new LogLine(i, level, "line " + i));
    }
    return log;
  }
}
