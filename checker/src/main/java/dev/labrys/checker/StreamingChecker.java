package dev.labrys.checker;

import dev.labrys.history.Event;
import dev.labrys.history.IllFormedHistoryException;
import dev.labrys.history.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks a history while it is being made: is fed its events one by one, and tells of a violation
/// at the event that makes it certain.
///
/// ```java
/// StreamingChecker checker = StreamingChecker.of(Models.casRegister());
/// for (Event event : journal) {
///   checker.accept(event).ifPresent(violation -> stop(violation.reason()));
/// }
/// Status status = checker.close();
/// ```
///
/// Memory is bounded by what is open, not by what is over: by the number of operations under way
/// and of unknown outcome, by how much happens during the longest of them, and by what the objects
/// hold: of a key with nothing under way, only its state is kept. Operations of unknown outcome
/// stay possible for ever, so a run with many of them is better judged at its end, by
/// [LinearizabilityChecker], which also explains. Not thread-safe.
public final class StreamingChecker {
  /// Often enough for what rests to outweigh what does not, and rarely enough to cost nothing.
  private static final int RESTS_AFTER = 1_024;

  private static final long BYTES_PER_RESTING_KEY = 256;

  private final Model<?> model;
  private final Set<String> functions;
  private final int lookEvery;
  private final long memoryBytesPerKey;
  private final int restsAfter;
  private final Map<Value, LiveKey<?>> keys = new HashMap<>();
  private final Map<Value, LiveKey.Resting<?>> resting = new HashMap<>();
  private final Map<Integer, Open> open = new HashMap<>();
  private @Nullable Violation violation;
  private boolean isOverwhelmed;
  private int operations;
  private int position;

  private record Open(LiveKey<?> key, LiveKey.Pending pending) {}

  private StreamingChecker(Model<?> model, int lookEvery, long memoryBytesPerKey, int restsAfter) {
    this.model = model;
    this.functions = model.functions();
    this.lookEvery = lookEvery;
    this.memoryBytesPerKey = memoryBytesPerKey;
    this.restsAfter = restsAfter;
  }

  /// A checker that reports at once – with more than 64 returns waiting for one operation that
  /// takes very long, only after ever more of them –, and holds what [SearchBudget#standard] allows
  /// for each key.
  public static StreamingChecker of(Model<?> model) {
    return new StreamingChecker(model, 1, SearchBudget.standard().memoryBytes(), RESTS_AFTER);
  }

  /// A checker that gives up, as unknown, rather than hold more than that for a key.
  public StreamingChecker withMemoryBytesPerKey(long bytes) {
    return new StreamingChecker(model, lookEvery, bytes, restsAfter);
  }

  /// A checker that is several times as fast, but may report a violation up to so many returns
  /// after it is certain, if an operation called before is still open then.
  public StreamingChecker lookingAheadEvery(int returns) {
    if (returns < 1) {
      throw new IllegalArgumentException("must look ahead every 1 or more returns, not " + returns);
    }
    return new StreamingChecker(model, returns, memoryBytesPerKey, restsAfter);
  }

  /// A checker that looks every so many events which keys have nothing under way.
  StreamingChecker restingAfter(int events) {
    return new StreamingChecker(model, lookEvery, memoryBytesPerKey, events);
  }

  /// Takes the next event of the journal. The first violation is reported once; after that, and
  /// after [#status] is unknown, events are no longer looked at.
  ///
  /// @throws IllFormedHistoryException if no run can have produced the event here
  /// @throws IllegalArgumentException if an operation is not one of the model's
  public Optional<Violation> accept(Event event) {
    if (position == Integer.MAX_VALUE - 1) {
      throw new IllegalStateException("a streaming checker takes at most 2^31 events");
    }
    int at = position++;
    if (status() != Status.VALID) {
      return Optional.empty();
    }
    if (at % restsAfter == restsAfter - 1) {
      rest();
    }
    switch (event) {
      case Event.Invoked invoked -> invoke(invoked, at);
      case Event.Completed completed -> {
        return complete(completed, at);
      }
      case Event.FaultStarted started -> {}
      case Event.FaultHealed healed -> {}
      case Event.Note note -> {}
    }
    return Optional.empty();
  }

  private void invoke(Event.Invoked invoked, int at) {
    if (!functions.contains(invoked.function())) {
      throw new IllegalArgumentException(
          "event %d calls %s, which model %s does not know; it knows %s"
              .formatted(at, invoked.function(), model.name(), functions));
    }
    Value key = model.isKeyed() ? invoked.key() : Value.nil();
    LiveKey<?> live = keys.computeIfAbsent(key, this::wake);
    Open earlier =
        open.put(invoked.process(), new Open(live, live.invoke(invoked, operations++, at)));
    if (earlier != null) {
      throw new IllFormedHistoryException(
          "event %d: process %d invokes %s while its last operation is still open"
              .formatted(at, invoked.process(), invoked.function()));
    }
  }

  private LiveKey<?> wake(Value key) {
    LiveKey.Resting<?> known = resting.remove(key);
    return known == null ? new LiveKey<>(model, lookEvery, memoryBytesPerKey) : known.wake();
  }

  /// Lets all keys rest that can.
  private void rest() {
    keys.entrySet()
        .removeIf(each -> {
          Optional<? extends LiveKey.Resting<?>> state = each.getValue().rest();
          state.ifPresent(quiet -> resting.put(each.getKey(), quiet));
          return state.isPresent();
        });
  }

  private Optional<Violation> complete(Event.Completed completed, int at) {
    Open ended = open.remove(completed.process());
    if (ended == null) {
      throw new IllFormedHistoryException(
          "event %d: process %d completes an operation it never invoked"
              .formatted(at, completed.process()));
    }
    violation = ended.key().complete(ended.pending(), completed.outcome(), completed.time(), at);
    isOverwhelmed = ended.key().isOverwhelmed();
    if (status() != Status.VALID) {
      keys.clear();
      resting.clear();
      open.clear();
    }
    return Optional.ofNullable(violation);
  }

  /// Valid so far, invalid, or unknown because memory did not suffice.
  public Status status() {
    if (violation != null) {
      return Status.INVALID;
    }
    return isOverwhelmed ? Status.UNKNOWN : Status.VALID;
  }

  /// Judges what has not been judged yet because operations before it are still open, as if they
  /// stayed so.
  public Status close() {
    for (LiveKey<?> key : keys.values()) {
      if (status() == Status.VALID) {
        violation = key.settle();
        isOverwhelmed = key.isOverwhelmed();
      }
    }
    return status();
  }

  /// The violation, if there was one.
  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  /// What its tables hold.
  public long bytes() {
    long bytes = BYTES_PER_RESTING_KEY * resting.size();
    for (LiveKey<?> key : keys.values()) {
      bytes += key.bytes();
    }
    return bytes;
  }
}
