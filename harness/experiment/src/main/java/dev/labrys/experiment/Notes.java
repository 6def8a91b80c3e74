package dev.labrys.experiment;

import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Standing;
import dev.labrys.history.Event;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import dev.labrys.nemesis.Incident;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the harness writes into a history beside operations and faults, and reads out of it again.
final class Notes {
  private static final String RUN = "run";
  private static final String WATCH = "watch";
  private static final String HOST = "host";
  private static final String NEMESIS = "nemesis";
  private static final String STALL = "stall";
  private static final String WATCHED = "watched";
  private static final String PHASE = "phase";
  private static final String ORIGIN = "origin";
  private static final String BROKEN = "broken";
  private static final String REMARK = "remark";
  private static final String STUCK = "stuck";
  private static final String SHORTCOMING = "shortcoming";

  private Notes() {}

  /// A part of the run.
  enum Phase {
    /// Clients are at work, and faults come and go.
    LOAD,
    /// Clients are at work, and all is healed.
    CALM,
    /// Clients look at what there is in the end.
    CLOSING,
    /// Nothing more happens.
    OVER
  }

  /// What is seen of a node.
  enum Sight {
    LEADS,
    FOLLOWS,
    SILENT,
    PAUSED,
    DOWN
  }

  /// What a note says.
  sealed interface Note {
    record Began(Phase phase) implements Note {}

    /// The first of all.
    ///
    /// @param monotonicNanos what the monotonic clock of the machine was at the start of the run
    /// @param wallMillis what the wall clock was
    record Origin(long monotonicNanos, long wallMillis) implements Note {}

    /// What whoever reads the report should know.
    record Remark(String sentence) implements Note {}

    /// In what the run was not what was asked for.
    record Shortcoming(String sentence) implements Note {}

    /// At which step the cluster stopped, though nothing was done to it.
    record Stuck(String why) implements Note {}

    /// A promise of the system itself was broken, which somebody saw from inside.
    record Broken(String promise) implements Note {}

    /// How a node is.
    ///
    /// @param term 0 if the node does not answer
    record Seen(String node, Sight sight, long term) implements Note {}

    /// The machine stood still for so long.
    ///
    /// @param cause in words
    record Stalled(long fromNanos, long nanos, String cause) implements Note {}

    /// The machine was watched until then; when it stood still has been said.
    ///
    /// @param longestNanos for which anybody who wanted to run did not, however short
    record Watched(long untilNanos, long longestNanos) implements Note {}

    record Happened(Incident incident) implements Note {}
  }

  static void began(Recorder recorder, Phase phase) {
    recorder.note(RUN, PHASE, word(phase));
  }

  static void origin(Recorder recorder, Note.Origin origin) {
    recorder.note(
        RUN,
        ORIGIN,
        Value.sequence(Value.of(origin.monotonicNanos()), Value.of(origin.wallMillis())));
  }

  static void remark(Recorder recorder, String sentence) {
    recorder.note(RUN, REMARK, Value.of(sentence));
  }

  static void shortcoming(Recorder recorder, String sentence) {
    recorder.note(RUN, SHORTCOMING, Value.of(sentence));
  }

  static void stuck(Recorder recorder, String why) {
    recorder.note(RUN, STUCK, Value.of(why));
  }

  static void broken(Recorder recorder, String promise) {
    recorder.note(RUN, BROKEN, Value.of(promise));
  }

  static void seen(Recorder recorder, String node, Note.Seen seen) {
    recorder.note(WATCH, node, Value.sequence(word(seen.sight()), Value.of(seen.term())));
  }

  static void stalled(Recorder recorder, Note.Stalled stalled) {
    recorder.note(
        HOST,
        STALL,
        Value.sequence(
            Value.of(stalled.fromNanos()), Value.of(stalled.nanos()), Value.of(stalled.cause())));
  }

  static void watched(Recorder recorder, Note.Watched watched) {
    recorder.note(
        HOST,
        WATCHED,
        Value.sequence(Value.of(watched.untilNanos()), Value.of(watched.longestNanos())));
  }

  static void happened(Recorder recorder, Incident incident) {
    recorder.note(
        NEMESIS,
        incident.phase().name().toLowerCase(Locale.ROOT),
        Value.sequence(
            Value.of(incident.entry()), Value.of(incident.fault()), Value.of(incident.detail())));
  }

  /// What somebody sees who looks at a node.
  static Note.Seen sight(String node, NodeState state, Optional<Standing> standing) {
    Sight sight =
        switch (state) {
          case STOPPED -> Sight.DOWN;
          case PAUSED -> Sight.PAUSED;
          case RUNNING ->
              standing
                  .map(told -> told.isLeader() ? Sight.LEADS : Sight.FOLLOWS)
                  .orElse(Sight.SILENT);
        };
    boolean answers = sight == Sight.LEADS || sight == Sight.FOLLOWS;
    return new Note.Seen(node, sight, answers ? standing.map(Standing::term).orElse(0L) : 0);
  }

  private static Value word(Enum<?> constant) {
    return Value.of(constant.name().toLowerCase(Locale.ROOT));
  }

  /// What `note` says; empty if it is nobody's of here.
  static Optional<Note> read(Event.Note note) {
    try {
      return switch (note.source()) {
        case RUN -> ofRun(note);
        case HOST -> ofHost(note);
        case WATCH -> {
          List<Value> items = items(note.value(), 2);
          yield Optional.of(
              new Note.Seen(
                  note.label(), constant(Sight.class, items.get(0)), whole(items.get(1))));
        }
        case NEMESIS -> {
          List<Value> items = items(note.value(), 3);
          yield Optional.of(
              new Note.Happened(
                  new Incident(
                      note.time(),
                      Math.toIntExact(whole(items.get(0))),
                      constant(Incident.Phase.class, Value.of(note.label())),
                      text(items.get(1)),
                      text(items.get(2)))));
        }
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException | ArithmeticException strange) {
      return Optional.empty();
    }
  }

  private static Optional<Note> ofHost(Event.Note note) {
    return switch (note.label()) {
      case STALL -> {
        List<Value> items = items(note.value(), 3);
        yield Optional.of(
            new Note.Stalled(whole(items.get(0)), whole(items.get(1)), text(items.get(2))));
      }
      case WATCHED -> {
        List<Value> items = items(note.value(), 2);
        yield Optional.of(new Note.Watched(whole(items.get(0)), whole(items.get(1))));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Note> ofRun(Event.Note note) {
    return switch (note.label()) {
      case PHASE -> Optional.of(new Note.Began(constant(Phase.class, note.value())));
      case SHORTCOMING -> Optional.of(new Note.Shortcoming(text(note.value())));
      case STUCK -> Optional.of(new Note.Stuck(text(note.value())));
      case REMARK -> Optional.of(new Note.Remark(text(note.value())));
      case BROKEN -> Optional.of(new Note.Broken(text(note.value())));
      case ORIGIN -> {
        List<Value> items = items(note.value(), 2);
        yield Optional.of(new Note.Origin(whole(items.get(0)), whole(items.get(1))));
      }
      default -> Optional.empty();
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, Value value) {
    return Enum.valueOf(type, text(value).toUpperCase(Locale.ROOT));
  }

  private static String text(Value value) {
    if (value instanceof Value.Text(String text)) {
      return text;
    }
    throw new IllegalArgumentException("no text: " + value);
  }

  private static long whole(Value value) {
    if (value instanceof Value.Int(long number)) {
      return number;
    }
    throw new IllegalArgumentException("no whole number: " + value);
  }

  private static List<Value> items(Value value, int count) {
    if (value instanceof Value.Sequence(List<Value> items) && items.size() == count) {
      return items;
    }
    throw new IllegalArgumentException("not %d values: %s".formatted(count, value));
  }
}
