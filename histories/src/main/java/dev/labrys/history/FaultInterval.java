package dev.labrys.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A stretch of time during which something was made to go wrong.
///
/// @param fault what: `partition`, `kill` …
/// @param targets whom it hit, [Value#nil()] if that is not known
/// @param from when it began, in nanoseconds
/// @param to when it was over; the end of the history if it never was
public record FaultInterval(String fault, Value targets, long from, long to) {
  private static final String NEMESIS = "nemesis";

  /// The faults of `history`, in order of their beginning.
  ///
  /// Notes of Jepsen's nemesis count by the names that Jepsen's own nemeses use: `start-x` and
  /// `x-start` begin the fault `x`, `stop-x` and `x-stop` end it; `start` and `stop` do so for a
  /// fault without a name; `kill` is ended by `start`, `pause` by `resume`. A nemesis logs each
  /// operation twice, before and after: a fault lasts from before its start to after its end.
  public static List<FaultInterval> of(History history) {
    Pairing pairing = new Pairing();
    for (Event annotation : history.annotations()) {
      switch (annotation) {
        case Event.FaultStarted started ->
            pairing.begin(started.id(), started.fault(), started.targets(), started.time());
        case Event.FaultHealed healed -> pairing.end(healed.id(), healed.time());
        case Event.Note note -> {
          if (note.source().equals(NEMESIS)) {
            pairing.nemesis(note);
          }
        }
        case Event.Invoked invoked -> {}
        case Event.Completed completed -> {}
      }
    }
    return pairing.intervals(end(history));
  }

  private static long end(History history) {
    long end = 0;
    for (Operation operation : history.operations()) {
      end = Math.max(end, operation.callTime());
      if (operation.returnTime() != Operation.NEVER_TIME) {
        end = Math.max(end, operation.returnTime());
      }
    }
    for (Event annotation : history.annotations()) {
      end = Math.max(end, annotation.time());
    }
    return end;
  }

  /// The faults seen so far. Ours are known by their id, a nemesis' by their name.
  private static final class Pairing {
    private static final String UNNAMED = "fault";
    private static final String START = "start";
    private static final String STOP = "stop";
    private static final String KILL = "kill";

    private final List<Open> all = new ArrayList<>();
    private final Map<Object, Open> open = new LinkedHashMap<>();
    private String lastLabel = "";
    private @Nullable Open last;

    private static final class Open {
      final String fault;
      final long from;
      Value targets;
      long to = Operation.NEVER_TIME;

      Open(String fault, Value targets, long from) {
        this.fault = fault;
        this.targets = targets;
        this.from = from;
      }
    }

    @Nullable Open begin(Object identity, String fault, Value targets, long time) {
      if (open.containsKey(identity)) {
        return null;
      }
      Open begun = new Open(fault, targets, time);
      all.add(begun);
      open.put(identity, begun);
      return begun;
    }

    @Nullable Open end(Object identity, long time) {
      Open ended = open.remove(identity);
      if (ended != null) {
        ended.to = time;
      }
      return ended;
    }

    void nemesis(Event.Note note) {
      String label = note.label();
      if (label.equals(lastLabel)) {
        lastLabel = "";
        after(note);
        return;
      }
      lastLabel = label;
      last =
          switch (label) {
            case KILL, "pause" -> begin(label, label, note.value(), note.time());
            case "resume" -> end("pause", note.time());
            case START ->
                open.containsKey(KILL)
                    ? end(KILL, note.time())
                    : begin(UNNAMED, UNNAMED, note.value(), note.time());
            case STOP -> end(UNNAMED, note.time());
            default -> named(note);
          };
    }

    private @Nullable Open named(Event.Note note) {
      String label = note.label();
      if (label.startsWith(START + "-") || label.endsWith("-" + START)) {
        String fault = label.replaceFirst("^start-|-start$", "");
        return begin(fault, fault, note.value(), note.time());
      }
      if (label.startsWith(STOP + "-") || label.endsWith("-" + STOP)) {
        return end(label.replaceFirst("^stop-|-stop$", ""), note.time());
      }
      return null;
    }

    /// The second line of a nemesis operation: what it did, and when it was done.
    private void after(Event.Note note) {
      if (last == null) {
        return;
      }
      if (last.to != Operation.NEVER_TIME) {
        last.to = note.time();
      } else if (!note.value().isNil()) {
        last.targets = note.value();
      }
    }

    List<FaultInterval> intervals(long end) {
      List<FaultInterval> intervals = new ArrayList<>();
      for (Open fault : all) {
        intervals.add(
            new FaultInterval(fault.fault, fault.targets, fault.from, Math.min(fault.to, end)));
      }
      return intervals;
    }
  }
}
