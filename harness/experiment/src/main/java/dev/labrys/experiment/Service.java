package dev.labrys.experiment;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.report.RunReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// How well a system served: when it did not, and how soon it did again after each fault.
final class Service {
  static final long OUTAGE_NANOS = 500_000_000L;

  /// A system that answers these may still be unable to do anything.
  private static final Set<String> QUESTIONS = Set.of("read", "get", "contains");

  private static final Set<String> LOCKING = Set.of("acquire", "release");

  private final List<Operation> served;
  private final long[] returns;

  /// Of all that was asked and could be done, when it was and when whoever asked gave up or was
  /// answered.
  private final long[] asked;

  private final long[] done;

  private Service(List<Operation> served, List<Operation> all) {
    this.served = served;
    this.returns = served.stream().mapToLong(Operation::returnTime).sorted().toArray();
    this.asked = all.stream().mapToLong(Operation::callTime).sorted().toArray();
    this.done = all.stream().mapToLong(Operation::returnTime).sorted().toArray();
  }

  /// As those operations tell that change something; or all of them, where none does.
  static Service of(History history) {
    List<Operation> all = history.operations();
    List<Operation> changes =
        all.stream().filter(operation -> isChange(operation.function())).toList();
    List<Operation> counted = changes.stream().anyMatch(Operation::isOk) ? changes : all;
    return new Service(
        counted.stream().filter(Operation::isOk).toList(),
        counted.stream().filter(operation -> !isRefusal(operation)).toList());
  }

  /// Whether that changes something.
  static boolean isChange(String function) {
    return !QUESTIONS.contains(function);
  }

  /// A lock that somebody holds is refused by the best of systems.
  private static boolean isRefusal(Operation operation) {
    return LOCKING.contains(operation.function()) && operation.outcome() instanceof Outcome.Failed;
  }

  /// From when on somebody asks for something, from `time` on; [RunReport#NEVER] if nobody does.
  long wanted(long time) {
    int calls = upTo(asked, time);
    if (calls > upTo(done, time)) {
      return time;
    }
    return calls == asked.length ? RunReport.NEVER : asked[calls];
  }

  /// How many of `times` are not after `time`.
  private static int upTo(long[] times, long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The times of half a second or more between `from` and `to` in which something was asked for
  /// and nothing succeeded.
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

  private void addOutage(long last, long to, List<RunReport.Interval> outages) {
    long from = wanted(last);
    if (from != RunReport.NEVER && to - from >= OUTAGE_NANOS) {
      outages.add(new RunReport.Interval(from, to));
    }
  }

  /// How long it took until something succeeded from when on it was asked for after `time`;
  /// [RunReport#NEVER] if nothing did.
  long recovery(long time) {
    int next = Arrays.binarySearch(returns, time);
    int at = next >= 0 ? next : -next - 1;
    return at == returns.length ? RunReport.NEVER : Math.max(0, returns[at] - wanted(time));
  }

  /// How many operations succeeded.
  int count() {
    return served.size();
  }
}
