package dev.labrys.report;

import dev.labrys.report.RunReport.Level;
import dev.labrys.report.RunReport.LogLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The lines of a node's log that a page shows: all, or so many that it stays a file one can mail.
/// Levels that matter more go first; of a level that has no room, the beginning and the end stay.
///
/// @param lines in order of time
/// @param leftOut how many are not shown
record LogExcerpt(List<LogLine> lines, int leftOut) {
  /// Longer lines are cut.
  static final int LONGEST_LINE = 600;

  LogExcerpt {
    lines = List.copyOf(lines);
  }

  /// How much a page shows of the log of one node.
  ///
  /// @param lines at most
  /// @param characters at most, in all of them
  record Room(int lines, long characters) {
    private static final int MOST_LINES = 20_000;
    private static final int ALL_LINES = 120_000;
    private static final long ALL_CHARACTERS = 8_000_000;

    /// The share of one of so many nodes.
    static Room of(int nodes) {
      int share = Math.max(1, nodes);
      return new Room(Math.min(MOST_LINES, ALL_LINES / share), ALL_CHARACTERS / share);
    }
  }

  static LogExcerpt of(List<LogLine> log, Room room) {
    BitSet kept = new BitSet(log.size());
    Room left = room;
    for (Level level : Level.values()) {
      left = keep(log, level, left, kept);
    }
    return new LogExcerpt(
        kept.stream().mapToObj(log::get).toList(), log.size() - kept.cardinality());
  }

  /// Takes from both ends in turn, as long as there is room.
  private static Room keep(List<LogLine> log, Level level, Room room, BitSet kept) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).level() == level) {
        places.add(i);
      }
    }
    int first = 0;
    int last = places.size() - 1;
    int lines = room.lines();
    long characters = room.characters();
    for (int taken = 0; first <= last && lines > 0; taken++) {
      int place = places.get(taken % 2 == 0 ? first++ : last--);
      int length = Math.min(LONGEST_LINE, log.get(place).text().length());
      if (length > characters) {
        break;
      }
      kept.set(place);
      lines--;
      characters -= length;
    }
    return new Room(lines, characters);
  }
}
