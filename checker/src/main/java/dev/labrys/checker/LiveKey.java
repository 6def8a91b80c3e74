package dev.labrys.checker;

import dev.labrys.history.Event;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The checking of one key while its history is being made.
///
/// What an operation answered matters from its call on, but is only known at its return. So events
/// wait until all calls before them are answered, and then go to the [Frontier] for good. So that
/// an operation that takes long does not hide what others prove, the waiting events are also played
/// ahead on a copy of the frontier, with everything still open taken as an operation that may or
/// may not happen and may answer anything. That allows more than can be true, so what is impossible
/// even then is impossible.
///
/// @param <S> the state of the model
final class LiveKey<S> {
  /// An operation between its call and the moment its return has gone to the frontier.
  static final class Pending {
    private final Event.Invoked invocation;
    private final int index;
    private final int callPosition;
    private final int slot;
    private Outcome outcome = Outcome.unknown();
    private boolean isOver;
    private int returnPosition = Operation.NEVER;
    private long returnTime = Operation.NEVER_TIME;

    private Pending(Event.Invoked invocation, int index, int callPosition, int slot) {
      this.invocation = invocation;
      this.index = index;
      this.callPosition = callPosition;
      this.slot = slot;
    }

    private Call call() {
      return new Call(invocation.function(), invocation.input(), outcome);
    }

    private Operation operation() {
      return new Operation(
          index,
          invocation.process(),
          invocation.function(),
          invocation.key(),
          invocation.input(),
          outcome,
          invocation.time(),
          returnTime,
          callPosition,
          returnPosition);
    }
  }

  /// An event that waits: the call of an operation, or its return.
  private record Waiting(Pending operation, boolean isReturn) {}

  /// Up to so many waiting returns, playing them ahead again and again is cheap.
  private static final int FEW = 64;

  private static final int MOST_STATES = 4;

  private final Model<S> model;
  private final LiveTransitions<S> transitions;
  private final Frontier frontier;
  private final Frontier ahead;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final BitSet slotsInUse = new BitSet();
  private final int lookEvery;
  private final long memoryBytes;
  private int returnsWaiting;
  private int returnsSinceLook;
  private boolean isOverwhelmed;

  LiveKey(Model<S> model, int lookEvery, long memoryBytes) {
    this(model, List.of(model.initial()), lookEvery, memoryBytes);
  }

  private LiveKey(Model<S> model, List<S> states, int lookEvery, long memoryBytes) {
    this.model = model;
    this.lookEvery = lookEvery;
    this.memoryBytes = memoryBytes;
    transitions = new LiveTransitions<>(model, states);
    frontier = new Frontier(transitions, false, false);
    IntStream.range(1, states.size()).forEach(frontier::beginAlsoIn);
    ahead = new Frontier(transitions, false, false);
  }

  /// A key with nothing under way, of which only its states are kept: most keys of a long history
  /// are over, and nobody says so.
  record Resting<S>(Model<S> model, List<S> states, int lookEvery, long memoryBytes) {
    LiveKey<S> wake() {
      return new LiveKey<>(model, states, lookEvery, memoryBytes);
    }
  }

  /// This key as one that rests; empty if something of it is under way or may still take effect.
  Optional<Resting<S>> rest() {
    if (!waiting.isEmpty() || !frontier.isQuiet() || isOverwhelmed) {
      return Optional.empty();
    }
    List<S> states =
        Arrays.stream(frontier.states()).<S>mapToObj(transitions::state).distinct().toList();
    return Optional.of(new Resting<>(model, states, lookEvery, memoryBytes));
  }

  Pending invoke(Event.Invoked invocation, int index, int position) {
    int slot = slotsInUse.nextClearBit(0);
    slotsInUse.set(slot);
    Pending pending = new Pending(invocation, index, position, slot);
    waiting.add(new Waiting(pending, false));
    return pending;
  }

  /// The violation that the completion makes certain, if any.
  @Nullable Violation complete(Pending pending, Outcome outcome, long time, int position) {
    pending.outcome = outcome;
    pending.isOver = true;
    pending.returnTime = time;
    pending.returnPosition = position;
    waiting.add(new Waiting(pending, true));
    returnsWaiting++;
    Violation violation = drain();
    return violation != null || isOverwhelmed ? violation : lookAhead();
  }

  private @Nullable Violation drain() {
    while (!waiting.isEmpty() && waiting.peek().operation().isOver) {
      Waiting next = waiting.remove();
      Pending operation = next.operation();
      if (!next.isReturn()) {
        enter(frontier, operation);
        continue;
      }
      returnsWaiting--;
      slotsInUse.clear(operation.slot);
      if (operation.outcome instanceof Outcome.Ok && !serve(frontier, operation)) {
        return violation(frontier, operation);
      }
      if (transitions.isLarge()) {
        transitions.forget(frontier);
      }
      if (isOverwhelmed) {
        return null;
      }
    }
    return null;
  }

  private void enter(Frontier target, Pending operation) {
    if (operation.outcome instanceof Outcome.Failed) {
      return;
    }
    int callClass = transitions.numberOf(operation.call());
    boolean isReadOnly = transitions.isReadOnly(callClass);
    if (operation.outcome instanceof Outcome.Ok) {
      target.open(operation.slot, operation.index, callClass, isReadOnly, operation.returnPosition);
    } else if (!isReadOnly) {
      target.offer(operation.index, callClass);
    }
  }

  /// False if the operation can't be linearized by its return.
  private boolean serve(Frontier target, Pending operation) {
    target.begin(operation.slot);
    while (!target.advance(1024)) {
      if (target.bytes() + transitions.bytes() > memoryBytes) {
        isOverwhelmed = true;
        return true;
      }
    }
    return target.finish();
  }

  /// Plays the waiting events ahead every so many returns; more rarely where so many wait that it
  /// would cost more than a few times what playing them once costs.
  private @Nullable Violation lookAhead() {
    returnsSinceLook++;
    boolean isTime =
        returnsSinceLook >= lookEvery
            && (returnsWaiting <= FEW || 2 * returnsSinceLook > returnsWaiting);
    if (returnsWaiting == 0 || !isTime) {
      return null;
    }
    returnsSinceLook = 0;
    return playAhead();
  }

  private @Nullable Violation playAhead() {
    ahead.copy(frontier);
    for (Iterator<Waiting> events = waiting.iterator(); events.hasNext(); ) {
      Waiting next = events.next();
      Pending operation = next.operation();
      if (!next.isReturn()) {
        enter(ahead, operation);
      } else if (operation.outcome instanceof Outcome.Ok && !serve(ahead, operation)) {
        return violation(ahead, operation);
      }
    }
    return null;
  }

  private Violation violation(Frontier target, Pending operation) {
    String states =
        IntStream.range(0, target.sizeBefore())
            .map(target::stateBefore)
            .distinct()
            .limit(MOST_STATES)
            .mapToObj(transitions::describe)
            .collect(Collectors.joining(" or "));
    return new Violation(
        operation.operation(),
        "%s is not possible by the time it returned: the state before was %s"
            .formatted(operation.call(), states));
  }

  /// Whether memory did not suffice, so that nothing more can be said.
  boolean isOverwhelmed() {
    return isOverwhelmed;
  }

  /// Plays what still waits, with all that is open taken as unknown for good.
  @Nullable Violation settle() {
    return isOverwhelmed ? null : playAhead();
  }

  long bytes() {
    return frontier.bytes() + ahead.bytes() + transitions.bytes() + 96L * waiting.size();
  }
}
