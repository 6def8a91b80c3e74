package dev.labrys.report;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// STAND-IN until histories has it.
record FaultInterval(String fault, String targets, long from, long to) {
  static List<FaultInterval> of(History history) {
    List<FaultInterval> all = new ArrayList<>();
    Map<Long, Integer> open = new HashMap<>();
    for (Event event : history.annotations()) {
      if (event instanceof Event.FaultStarted started) {
        open.put(started.id(), all.size());
        all.add(
            new FaultInterval(
                started.fault(),
                started.targets().toString(),
                started.time(),
                dev.labrys.history.Operation.NEVER_TIME));
      } else if (event instanceof Event.FaultHealed healed && open.containsKey(healed.id())) {
        int at = open.remove(healed.id());
        FaultInterval f = all.get(at);
        all.set(at, new FaultInterval(f.fault(), f.targets(), f.from(), healed.time()));
      }
    }
    return all;
  }
}
