package dev.labrys.runner;

import dev.labrys.history.Event;
import dev.labrys.history.Value;
import java.util.Collection;
import java.util.Optional;

/// The notes in a history that are for Labrys itself: notes of the source `labrys`, which every
/// format can carry.
final class Remarks {
  private static final String SOURCE = "labrys";
  private static final String MODEL = "model";
  private static final String ORIGIN = "origin";
  private static final String TORN_TAIL = "torn-tail";

  private Remarks() {}

  /// Names the model that a history is about.
  static Event.Note model(String name) {
    return new Event.Note(SOURCE, MODEL, Value.of(name), 0, Value.MapOf.empty());
  }

  /// Tells how a history was made, and its verdict if that is known.
  static Event.Note origin(Value.MapOf story) {
    return new Event.Note(SOURCE, ORIGIN, story, 0, Value.MapOf.empty());
  }

  /// The model that a history with these annotations is about, if it says so.
  static Optional<String> modelAmong(Collection<Event> annotations) {
    for (Event event : annotations) {
      if (isLabelled(event, MODEL)
          && event instanceof Event.Note note
          && note.value() instanceof Value.Text(String name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /// Says that the last line of a file was torn, and dropped.
  static boolean isTornTail(Event event) {
    return isLabelled(event, TORN_TAIL);
  }

  private static boolean isLabelled(Event event, String label) {
    return event instanceof Event.Note note
        && note.source().equals(SOURCE)
        && note.label().equals(label);
  }
}
