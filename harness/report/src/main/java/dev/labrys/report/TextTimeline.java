package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The operations of a counterexample as bars of characters, a row per process, time from left to
/// right. Distances mean nothing, order does: two bars overlap exactly if the operations did.
final class TextTimeline {
  static final String CULPRIT = "<-- culprit";

  /// From generous to terse; the first that fits is taken.
  private static final int[] LABEL_LIMITS = {32, 24, 18, 12, 8};

  private static final int MOST_ROWS_AS_LIST = 40;

  private final List<Operation> operations;
  private final Operation culprit;
  private final int width;

  private record Moment(int position, Operation operation, boolean isCall) {}

  /// The columns in which the bar of an operation starts and ends.
  private record Bar(int from, int to) {}

  TextTimeline(Verdict.Counterexample found, int width) {
    this.operations =
        found.minimal().stream()
            .map(Verdict.Contribution::operation)
            .sorted(Comparator.comparingInt(Operation::callPosition))
            .toList();
    this.culprit = found.culprit();
    this.width = width;
  }

  List<String> lines() {
    String margin = margin(widestProcess());
    for (int limit : LABEL_LIMITS) {
      Map<Integer, Bar> bars = layout(limit);
      int right = bars.values().stream().mapToInt(Bar::to).max().orElse(0);
      if (margin.length() + right + 2 + CULPRIT.length() < width) {
        return rows(bars, limit);
      }
    }
    return list();
  }

  private int widestProcess() {
    return operations.stream()
        .mapToInt(operation -> Integer.toString(operation.process()).length())
        .max()
        .orElse(1);
  }

  private static String margin(int widest) {
    return "process " + " ".repeat(widest + 2);
  }

  private Map<Integer, Bar> layout(int limit) {
    List<Moment> moments = new ArrayList<>();
    for (Operation operation : operations) {
      moments.add(new Moment(operation.callPosition(), operation, true));
      if (isClosed(operation)) {
        moments.add(new Moment(operation.returnPosition(), operation, false));
      }
    }
    moments.sort(Comparator.comparingInt(Moment::position));
    Map<Integer, Integer> starts = new HashMap<>();
    Map<Integer, Bar> bars = new HashMap<>();
    int column = 0;
    for (Moment moment : moments) {
      Operation operation = moment.operation();
      if (moment.isCall()) {
        starts.put(operation.index(), column);
        column += 2;
      } else {
        int from = starts.getOrDefault(operation.index(), 0);
        int to = Math.max(column, from + label(operation, limit).length() + 3);
        bars.put(operation.index(), new Bar(from, to));
        column = to + 2;
      }
    }
    for (Operation operation : operations) {
      if (!isClosed(operation)) {
        int from = starts.getOrDefault(operation.index(), 0);
        int to = Math.max(column, from + label(operation, limit).length() + 4);
        bars.put(operation.index(), new Bar(from, to));
      }
    }
    return bars;
  }

  /// Whether the bar ends at the return: the effect of an unknown operation may come later.
  private static boolean isClosed(Operation operation) {
    return operation.isOk() || !operation.mayHaveHappened();
  }

  private List<String> rows(Map<Integer, Bar> bars, int limit) {
    Map<Integer, StringBuilder> rows = new TreeMap<>();
    Map<Integer, Integer> endOfRow = new HashMap<>();
    for (Operation operation : operations) {
      Bar bar = bars.getOrDefault(operation.index(), new Bar(0, 0));
      StringBuilder row = rows.computeIfAbsent(operation.process(), ignored -> new StringBuilder());
      if (row.length() > bar.from()) {
        row.setLength(bar.from());
      }
      row.append(" ".repeat(bar.from() - row.length())).append(bar(operation, bar, limit));
      endOfRow.put(operation.process(), operation.index());
    }
    int widest = widestProcess();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Integer, StringBuilder> row : rows.entrySet()) {
      boolean endsInCulprit = endOfRow.getOrDefault(row.getKey(), -1) == culprit.index();
      lines.add(
          ("process %" + widest + "d  %s%s")
              .formatted(row.getKey(), row.getValue(), endsInCulprit ? "  " + CULPRIT : ""));
    }
    return lines;
  }

  private String bar(Operation operation, Bar bar, int limit) {
    boolean isCulprit = operation.index() == culprit.index();
    String stroke = isCulprit ? "=" : operation.mayHaveHappened() ? "-" : ".";
    String end = isClosed(operation) ? "|" : ">";
    String label = label(operation, limit);
    int rest = bar.to() - bar.from() - 3 - label.length();
    return "|" + stroke + label + stroke.repeat(Math.max(1, rest + 1)) + end;
  }

  private static String label(Operation operation, int limit) {
    return Legible.exchange(operation, limit);
  }

  /// Too many operations for a picture: one line each, in order of invocation.
  private List<String> list() {
    List<String> lines = new ArrayList<>();
    for (Operation operation : operations) {
      boolean isCulprit = operation.index() == culprit.index();
      if (lines.size() < MOST_ROWS_AS_LIST || isCulprit) {
        lines.add(
            "%-12s %-34s %s to %s%s"
                .formatted(
                    "process " + operation.process(),
                    Legible.exchange(operation, 34),
                    Legible.moment(operation.callTime()),
                    Legible.moment(operation.returnTime()),
                    isCulprit ? "  " + CULPRIT : ""));
      }
    }
    int left = operations.size() - lines.size();
    if (left > 0) {
      lines.add("... and %s, see --html".formatted(Legible.count(left, "more operation")));
    }
    return lines;
  }
}
