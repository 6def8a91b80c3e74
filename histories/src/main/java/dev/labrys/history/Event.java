package dev.labrys.history;

/// One entry of the journal of a run, in the order in which things were seen to happen.
public sealed interface Event {

  /// When, in nanoseconds since the start of the run.
  long time();

  /// What the source said beyond what the model of a history knows; survives conversion.
  Value.MapOf extras();

  /// A process asks for something.
  record Invoked(
      int process, String function, Value key, Value input, long time, Value.MapOf extras)
      implements Event {
    public Invoked(int process, String function, Value key, Value input, long time) {
      this(process, function, key, input, time, Value.MapOf.empty());
    }
  }

  /// The operation that `process` has under way is over.
  record Completed(int process, Outcome outcome, long time, Value.MapOf extras) implements Event {
    public Completed(int process, Outcome outcome, long time) {
      this(process, outcome, time, Value.MapOf.empty());
    }
  }

  /// A fault begins. `id` pairs it with its end; `targets` says whom it hits.
  record FaultStarted(long id, String fault, Value targets, long time, Value.MapOf extras)
      implements Event {}

  /// The fault `id` is over.
  record FaultHealed(long id, long time, Value.MapOf extras) implements Event {}

  /// Anything else worth a line: a nemesis operation of another tool, a leader change, a remark.
  record Note(String source, String label, Value value, long time, Value.MapOf extras)
      implements Event {}
}
