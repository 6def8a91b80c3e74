package dev.labrys.raft.store;

import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// The counters of a store, in the order in which they left zero.
final class Counters {
  private final StoreLimits limits;
  private final Map<String, Long> totals = new LinkedHashMap<>();

  Counters(StoreLimits limits) {
    this.limits = limits;
  }

  long total(String counter) {
    return totals.getOrDefault(counter, 0L);
  }

  Answer add(String counter, long delta) {
    long total = total(counter) + delta;
    if (!hasRoom(counter)) {
      return new Answer.Refused(Answer.Reason.FULL);
    }
    set(counter, total);
    return new Answer.Found(Datum.of(total));
  }

  Answer transfer(String from, String to, long amount) {
    if (total(from) < amount) {
      return new Answer.Truth(false);
    }
    if (!hasRoom(to) || !hasRoom(from)) {
      return new Answer.Refused(Answer.Reason.FULL);
    }
    set(from, total(from) - amount);
    set(to, total(to) + amount);
    return new Answer.Truth(true);
  }

  private boolean hasRoom(String counter) {
    return totals.size() < limits.items() || totals.containsKey(counter);
  }

  private void set(String counter, long total) {
    if (total == 0) {
      totals.remove(counter);
    } else {
      totals.put(counter, total);
    }
  }

  void write(WireWriter writer) {
    writer.number(totals.size());
    totals.forEach((counter, total) -> writer.text(counter).signed(total));
  }

  static Counters read(StoreLimits limits, WireReader reader) throws WireFormatException {
    Counters counters = new Counters(limits);
    int count = reader.count();
    for (int i = 0; i < count; i++) {
      counters.totals.put(reader.text(), reader.signed());
    }
    return counters;
  }
}
