package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;

/// Logs as the paper draws them: a term in each box.
final class Logs {
  private Logs() {}

  /// Entries from index 1 on, one for each of `terms`, which are written "1,1,2". What they command
  /// tells them apart: the second entry of term 1 is "b1" wherever it is.
  static List<Entry> ofTerms(String terms) {
    List<Entry> entries = new ArrayList<>();
    if (!terms.isEmpty()) {
      for (String term : terms.split(",", -1)) {
        entries.add(entry(entries.size() + 1, Long.parseLong(term)));
      }
    }
    return entries;
  }

  /// The entry that any leader of `term` has made at `index`.
  static Entry entry(long index, long term) {
    return new Entry(
        index, term, new Content.Command(Bytes.of((char) ('a' + index - 1) + "" + term)));
  }

  /// The terms of all entries that the log still has.
  static String terms(LogView log) {
    List<String> terms = new ArrayList<>();
    for (long index = log.snapshot().index() + 1; index <= log.last().index(); index++) {
      terms.add(Long.toString(log.termAt(index)));
    }
    return String.join(",", terms);
  }
}
