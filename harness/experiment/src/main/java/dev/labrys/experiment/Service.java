package dev.labrys.experiment;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.report.RunReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// How well a system served: when it did not, and how soon it did again after each fault.
final class Service {
  private static final long OUTAGE_NANOS = 500_000_000L;

  /// A system that answers these may still be unable to do anything.
  private static final Set<String> QUESTIONS = Set.of("read", "get", "contains");

  private final List<Operation> served;
  private final long[] returns;

  private Service(List<Operation> served) {
    this.served = served;
    this.returns = served.stream().mapToLong(Operation::returnTime).sorted().toArray();
  }

  /// As those operations tell that change something; or all of them, where none does.
  static Service of(History history) {
    List<Operation> ok = history.operations().stream().filter(Operation::isOk).toList();
    List<Operation> changes =
        ok.stream().filter(operation -> !QUESTIONS.contains(operation.function())).toList();
    return new Service(changes.isEmpty() ? ok : changes);
  }

  /// The times of half a second or more between `from` and `to` in which nothing succeeded.
  List<RunReport.Interval> outages(long from, long to) {
    List<RunReport.Interval> outages = new ArrayList<>();
    long last = from;
    for (long time : returns) {
      if (time > from && time <= to) {
        addOutage(last, time, outages);
        last = time;
      }
    }
    addOutage(last, Math.max(last, to), outages);
    return outages;
  }

  private static void addOutage(long from, long to, List<RunReport.Interval> outages) {
    if (to - from >= OUTAGE_NANOS) {
      outages.add(new RunReport.Interval(from, to));
    }
  }

  /// How long after `time` it took until something succeeded; [RunReport#NEVER] if nothing did.
  long recovery(long time) {
    int next = Arrays.binarySearch(returns, time);
    int at = next >= 0 ? next : -next - 1;
    return at == returns.length ? RunReport.NEVER : returns[at] - time;
  }

  /// How many operations succeeded.
  int count() {
    return served.size();
  }
}
