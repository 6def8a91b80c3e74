package dev.labrys.experiment;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.nemesis.Incident;
import dev.labrys.report.RunReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What happened in a run beside its operations, as its history tells.
///
/// @param origin when it began, by other clocks
/// @param broken promises of the system itself that were seen broken from inside
/// @param shortcomings in what the run was not what was asked for
/// @param stuck at which steps the cluster stopped, though nothing was done to it
/// @param remarks what whoever reads the report should know
/// @param phases when each began
/// @param stretches of each node, by its name
/// @param reigns who led, in order of time
/// @param faults in the order in which they began, or were missed
/// @param watched until when somebody looked whether the machine stood still
/// @param endNanos the last time that anything was recorded
record Chronicle(
    Notes.Note.Origin origin,
    List<String> broken,
    List<String> shortcomings,
    List<String> stuck,
    List<String> remarks,
    Map<Notes.Phase, Long> phases,
    Map<String, List<RunReport.Stretch>> stretches,
    List<RunReport.Reign> reigns,
    List<RunReport.Fault> faults,
    List<Notes.Note.Stalled> stalls,
    Notes.Note.Watched watched,
    long endNanos) {

  static Chronicle of(History history) {
    Reading reading = new Reading();
    for (Event event : history.annotations()) {
      reading.endNanos = Math.max(reading.endNanos, event.time());
      if (event instanceof Event.Note note) {
        Notes.read(note).ifPresent(said -> reading.take(note.time(), said));
      }
    }
    for (Operation operation : history.operations()) {
      long end = operation.returnTime();
      reading.endNanos =
          Math.max(reading.endNanos, end == Operation.NEVER_TIME ? operation.callTime() : end);
    }
    return reading.done();
  }

  /// Whether the run came to its end: whoever made it was not killed.
  boolean isWhole() {
    return phases.containsKey(Notes.Phase.OVER);
  }

  /// The nemesis could not do, or not undo, what it was to.
  List<RunReport.Fault> failedFaults() {
    return faults.stream().filter(fault -> fault.fate() == RunReport.Fate.FAILED).toList();
  }

  /// The longest time for which the machine stood still, if it ever did.
  Optional<Notes.Note.Stalled> longestStall() {
    return stalls.stream().max(Comparator.comparingLong(Notes.Note.Stalled::nanos));
  }

  /// For how long at most, also if that was too short to be told of.
  long longestStallNanos() {
    return Math.max(
        watched.longestNanos(), longestStall().map(Notes.Note.Stalled::nanos).orElse(0L));
  }

  /// Whether somebody looked until `time` whether the machine stood still.
  boolean isHostKnownUntil(long time) {
    return isWhole() || watched.untilNanos() >= time;
  }

  /// For the report.
  RunReport.Stalls stallsToShow() {
    return new RunReport.Stalls(
        longestStallNanos(),
        stalls.stream()
            .filter(stall -> stall.fromNanos() >= 0 && stall.nanos() >= 0)
            .map(stall ->
                new RunReport.Interval(stall.fromNanos(), stall.fromNanos() + stall.nanos()))
            .toList());
  }

  /// Takes the notes one by one.
  private static final class Reading {
    private final Map<Notes.Phase, Long> phases = new TreeMap<>();
    private final Map<String, Open> open = new TreeMap<>();
    private final Map<String, List<RunReport.Stretch>> stretches = new TreeMap<>();
    private final List<RunReport.Reign> reigns = new ArrayList<>();
    private final Map<Integer, FaultStory> faults = new LinkedHashMap<>();
    private final List<Notes.Note.Stalled> stalls = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> shortcomings = new ArrayList<>();
    private final List<String> stuck = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private Notes.Note.Watched watched = new Notes.Note.Watched(0, 0);
    private Notes.Note.Origin origin = new Notes.Note.Origin(0, 0);
    private long endNanos;

    /// How a node has been since a time.
    private record Open(Notes.Note.Seen seen, long since) {}

    private void take(long time, Notes.Note note) {
      switch (note) {
        case Notes.Note.Origin said -> origin = said;
        case Notes.Note.Shortcoming(String sentence) -> shortcomings.add(sentence);
        case Notes.Note.Stuck(String why) -> stuck.add(why);
        case Notes.Note.Remark(String sentence) -> remarks.add(sentence);
        case Notes.Note.Broken(String promise) -> broken.add(promise);
        case Notes.Note.Began(Notes.Phase phase) -> phases.putIfAbsent(phase, time);
        case Notes.Note.Stalled stalled -> stalls.add(stalled);
        case Notes.Note.Watched said -> watched = said;
        case Notes.Note.Happened(Incident incident) ->
            faults.computeIfAbsent(incident.entry(), _ -> new FaultStory()).take(incident);
        case Notes.Note.Seen seen -> {
          close(seen.node(), time);
          open.put(seen.node(), new Open(seen, time));
        }
      }
    }

    private void close(String node, long time) {
      Open past = open.remove(node);
      if (past == null) {
        return;
      }
      RunReport.Interval interval = new RunReport.Interval(past.since(), time);
      Notes.Sight sight = past.seen().sight();
      stretches
          .computeIfAbsent(node, _ -> new ArrayList<>())
          .add(new RunReport.Stretch(condition(sight), interval));
      if (sight == Notes.Sight.LEADS) {
        reigns.add(new RunReport.Reign(node, past.seen().term(), interval));
      }
    }

    private static RunReport.Condition condition(Notes.Sight sight) {
      return switch (sight) {
        case LEADS, FOLLOWS -> RunReport.Condition.SERVES;
        case SILENT -> RunReport.Condition.SILENT;
        case PAUSED -> RunReport.Condition.PAUSED;
        case DOWN -> RunReport.Condition.DOWN;
      };
    }

    private Chronicle done() {
      List.copyOf(open.keySet()).forEach(node -> close(node, endNanos));
      reigns.sort((a, b) -> Long.compare(a.interval().fromNanos(), b.interval().fromNanos()));
      return new Chronicle(
          origin,
          broken,
          shortcomings,
          stuck,
          remarks,
          phases,
          stretches,
          reigns,
          faults.values().stream().map(FaultStory::told).toList(),
          stalls,
          watched,
          endNanos);
    }
  }

  /// What became of one fault.
  private static final class FaultStory {
    private String text = "";
    private long begins = RunReport.NEVER;
    private long inForce = RunReport.NEVER;
    private long healing = RunReport.NEVER;
    private long healed = RunReport.NEVER;
    private RunReport.Fate fate = RunReport.Fate.LASTED;
    private String reason = "";

    private void take(Incident incident) {
      text = incident.fault();
      long time = incident.timeNanos();
      switch (incident.phase()) {
        case BEGINS -> begins = time;
        case IN_FORCE -> inForce = time;
        case HEALING -> healing = Math.min(healing, time);
        case HEALED -> {
          healed = time;
          fate = fate == RunReport.Fate.FAILED ? fate : RunReport.Fate.HEALED;
        }
        case MISSED -> {
          begins = time;
          fate = RunReport.Fate.MISSED;
          reason = incident.detail();
        }
        case FAILED -> {
          fate = RunReport.Fate.FAILED;
          reason = incident.detail();
        }
      }
    }

    private RunReport.Fault told() {
      return new RunReport.Fault(text, "", begins, inForce, healing, healed, fate, reason);
    }
  }
}
