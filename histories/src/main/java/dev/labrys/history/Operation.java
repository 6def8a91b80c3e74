package dev.labrys.history;

/// One operation: what a process asked, what it knows of the answer, and when.
///
/// Times are nanoseconds since the start of the run and are for people. Order is decided by
/// *positions*, the places of invocation and completion in the journal: they never tie, so a clock
/// too coarse to tell two events apart can't invent or hide an order.
///
/// @param index the number of this operation in its history, in order of invocation
/// @param process who asked; a process has at most one operation under way
/// @param function what was asked: `read`, `write`, `cas` …
/// @param key the object that was asked, [Value#nil()] where there is only one
/// @param input the argument, [Value#nil()] where there is none
/// @param outcome what the process knows of the effect
/// @param callTime when it was invoked
/// @param returnTime when it completed; [#NEVER_TIME] if no completion was recorded
/// @param callPosition the place of the invocation in the journal
/// @param returnPosition the place of the completion in the journal; [#NEVER] if there is none
public record Operation(
    int index,
    int process,
    String function,
    Value key,
    Value input,
    Outcome outcome,
    long callTime,
    long returnTime,
    int callPosition,
    int returnPosition) {

  /// The [#returnPosition] of an operation that never completed.
  public static final int NEVER = Integer.MAX_VALUE;

  /// The [#returnTime] of an operation that never completed.
  public static final long NEVER_TIME = Long.MAX_VALUE;

  public Operation {
    if (returnPosition <= callPosition) {
      throw new IllegalArgumentException(
          "operation %d returns at %d, before its call at %d"
              .formatted(index, returnPosition, callPosition));
    }
    if (returnTime < callTime) {
      throw new IllegalArgumentException(
          "operation %d returns at %d ns, before its call at %d ns"
              .formatted(index, returnTime, callTime));
    }
    if (outcome instanceof Outcome.Ok && returnPosition == NEVER) {
      throw new IllegalArgumentException("operation %d is ok but never returned".formatted(index));
    }
  }

  public boolean isOk() {
    return outcome instanceof Outcome.Ok;
  }

  /// Only a failed operation certainly had no effect.
  public boolean mayHaveHappened() {
    return !(outcome instanceof Outcome.Failed);
  }

  /// The answer, [Value#nil()] where none is known.
  public Value output() {
    return outcome instanceof Outcome.Ok(Value output) ? output : Value.nil();
  }
}
