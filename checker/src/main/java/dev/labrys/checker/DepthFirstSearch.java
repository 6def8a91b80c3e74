package dev.labrys.checker;

import dev.labrys.history.Operation;

/// The search of Wing and Gong with Lowe's memory, on configurations of constant size.
///
/// Linearizes one operation after another and goes back where none is possible. Configurations that
/// led nowhere are remembered; see [SearchSpace] for why a configuration is small. Read-only
/// operations are linearized as soon as they are possible: they leave the state as it is, so moving
/// one forward to here changes nothing for the others. Of operations with equal calls the one that
/// returns first goes first: two that are open may change places in any linearization in which the
/// later one comes first. Otherwise the earliest deadline goes first, and optional operations last.
final class DepthFirstSearch implements Search {
  private static final int FORCED = -1;
  private static final int NONE = -1;
  private static final int LOOK_AHEAD = 64;

  /// With very many optional operations a configuration costs much; then turns are shorter.
  private static final long MOST_ATTEMPTS = 1 << 20;

  private final SearchSpace space;
  private final Transitions transitions;
  private final Guide guide;
  private final ConfigurationTable failed;
  private final long memoryLimit;

  // The configuration.
  private int front;
  private int state;
  private final long[] mask;
  private int[] used = Bag.EMPTY;
  private final int[] usedOfGroup;
  private int opened;
  private int bound;

  // The required operations not linearized, in order of call.
  private final CallOrder waiting;
  private final int[] next;

  private final Path path = new Path();
  private int linearized;

  private final long[] key;
  private final Twins twins;

  private boolean descending = true;
  private boolean looksAhead;
  private long attempts;
  private long configurations;
  private int established;
  private boolean tracesDeadEnds;
  private final DeadEnds deadEnds = new DeadEnds();

  DepthFirstSearch(SearchSpace space, Transitions transitions, Guide guide, long memoryLimit) {
    this.space = space;
    this.transitions = transitions;
    this.guide = guide;
    this.memoryLimit = memoryLimit;
    mask = new long[space.words];
    key = new long[space.words + 1];
    failed = new ConfigurationTable(key.length, space.optional.length > 0);
    usedOfGroup = new int[space.optional.length];
    waiting = new CallOrder(space);
    next = waiting.next;
    twins = new Twins(space, waiting);
    state = transitions.initial();
    moveFront(0);
  }

  /// Makes this search remember the longest ways that led nowhere.
  DepthFirstSearch tracingDeadEnds() {
    tracesDeadEnds = true;
    return this;
  }

  DeadEnds deadEnds() {
    return deadEnds;
  }

  @Override
  public String name() {
    return "depth-first search";
  }

  @Override
  public long configurations() {
    return configurations;
  }

  @Override
  public long bytes() {
    return failed.bytes() + transitions.bytes() + path.bytes() + waiting.bytes();
  }

  @Override
  public int established() {
    return established;
  }

  @Override
  public Answer advance(long steps) {
    long limit = configurations + steps;
    attempts = 0;
    while (configurations < limit && attempts < MOST_ATTEMPTS) {
      if (descending) {
        configurations++;
        if (takeForced()) {
          established = Math.max(established, linearized);
          if (front == space.required()) {
            return new Answer.Linearizable(path.operations());
          }
          if (!isKnownFailure()) {
            if (tryFrom(NONE, 0)) {
              continue;
            }
            fail();
          }
        }
        noteDeadEnd();
        descending = false;
      }
      if (!backtrack()) {
        return new Answer.Contradiction("no order of the operations explains all answers", NO_ONE);
      }
      if ((configurations & 0x3FF) == 0 && bytes() > memoryLimit) {
        return new Answer.GaveUp(Answer.GaveUp.MEMORY);
      }
    }
    return bytes() > memoryLimit
        ? new Answer.GaveUp(Answer.GaveUp.MEMORY)
        : Answer.Undecided.INSTANCE;
  }

  private static final int[] NO_ONE = {};

  /// Linearizes all that needs no decision. False if that shows a dead end.
  private boolean takeForced() {
    boolean moved = true;
    int i = next[waiting.end];
    while (moved) {
      moved = false;
      for (i = next[waiting.end]; i != waiting.end && space.callAt[i] < bound; i = next[i]) {
        int callClass = space.callClass[i];
        if (space.isReadOnly[callClass]) {
          int result = transitions.next(state, callClass);
          if (result == state) {
            take(i, state, FORCED, 0);
            moved = true;
          } else if (result == Transitions.NEVER) {
            looksAhead = true;
            if (!mayBeReset(i)) {
              return false;
            }
          }
        } else if (guide.isFree(i, state)) {
          take(i, transitions.next(state, callClass), FORCED, 0);
          moved = true;
        }
      }
    }
    return !guide.isHopeless(state) && !(looksAhead && isLaterReadLost(i));
  }

  /// Whether the first read called after the front returns can never see what it saw. Only models
  /// that can tell are asked.
  private boolean isLaterReadLost(int firstLater) {
    int i = firstLater;
    for (int left = LOOK_AHEAD; i != waiting.end && left > 0; left--) {
      if (space.isReadOnly[space.callClass[i]]) {
        return transitions.next(state, space.callClass[i]) == Transitions.NEVER && !mayBeReset(i);
      }
      i = next[i];
    }
    return false;
  }

  /// Whether a reset that may still come before `operation` returns makes it possible again.
  private boolean mayBeReset(int operation) {
    if (!space.hasResets) {
      return false;
    }
    int limit = space.returnAt[operation];
    for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < limit; i = next[i]) {
      if (isResetFor(space.callClass[i], operation)) {
        return true;
      }
    }
    for (int group = 0; group < space.optional.length; group++) {
      int callClass = space.callClass[space.optional[group][0]];
      if (usedOfGroup[group] < space.optional[group].length && isResetFor(callClass, operation)) {
        return true;
      }
    }
    return false;
  }

  private boolean isResetFor(int callClass, int operation) {
    if (!space.isReset[callClass]) {
      return false;
    }
    int after = transitions.next(state, callClass);
    return after < 0 || transitions.next(after, space.callClass[operation]) != Transitions.NEVER;
  }

  /// Linearizes the first candidate after the given one. False if there is none.
  private boolean tryFrom(int ordinal, int branch) {
    if (ordinal != NONE && branch > 0 && tryBranch(ordinal, branch)) {
      return true;
    }
    int candidate = ordinal;
    while (true) {
      candidate = nextRequired(candidate);
      if (candidate == NONE) {
        return tryOptional(Math.max(ordinal, space.required() - 1));
      }
      if (tryBranch(candidate, 0)) {
        return true;
      }
    }
  }

  /// The open operation with the smallest rank above `ordinal` that stands for its call class.
  private int nextRequired(int ordinal) {
    if (ordinal >= space.required()) {
      return NONE;
    }
    twins.look(bound);
    int best = Integer.MAX_VALUE;
    for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < bound; i = next[i]) {
      int callClass = space.callClass[i];
      int rank = space.rank[i];
      if (rank > ordinal && rank < best && !space.isReadOnly[callClass] && twins.isFirst(i)) {
        best = rank;
      }
    }
    return best == Integer.MAX_VALUE ? NONE : best;
  }

  private boolean tryOptional(int ordinal) {
    for (int group = ordinal + 1 - space.required(); group < space.optional.length; group++) {
      attempts++;
      if (tryBranch(space.required() + group, 0)) {
        return true;
      }
    }
    return false;
  }

  /// Linearizes the candidate `ordinal`, in the given one of the states it may lead to.
  private boolean tryBranch(int ordinal, int branch) {
    int operation;
    if (ordinal < space.required()) {
      operation = space.byReturn[ordinal];
    } else {
      int group = ordinal - space.required();
      int[] members = space.optional[group];
      if (usedOfGroup[group] == members.length) {
        return false;
      }
      operation = members[usedOfGroup[group]];
      if (space.callAt[operation] >= bound || !guide.isUseful(operation)) {
        return false;
      }
    }
    int result = transitions.next(state, space.callClass[operation]);
    if (result >= 0) {
      boolean isIdle = branch > 0 || (ordinal >= space.required() && result == state);
      if (isIdle) {
        return false;
      }
      take(operation, result, ordinal, 0);
      return true;
    }
    if (result >= Transitions.NEVER) {
      return false;
    }
    int[] choices = transitions.choices(result);
    if (branch >= choices.length) {
      return false;
    }
    take(operation, choices[branch], ordinal, branch);
    return true;
  }

  private void take(int operation, int newState, int ordinal, int branch) {
    path.push(operation, state, ordinal, branch);
    state = newState;
    descending = true;
    guide.took(operation);
    if (ordinal >= space.required()) {
      use(ordinal - space.required());
      return;
    }
    linearized++;
    waiting.take(operation);
    if (space.rank[operation] > front) {
      mask[space.slot[operation] >>> 6] |= 1L << space.slot[operation];
      return;
    }
    int newFront = front + 1;
    while (newFront < space.required() && isTaken(space.byReturn[newFront])) {
      int slot = space.slot[space.byReturn[newFront]];
      mask[slot >>> 6] &= ~(1L << slot);
      newFront++;
    }
    moveFront(newFront);
  }

  /// Whether a required operation open now is linearized.
  private boolean isTaken(int operation) {
    int slot = space.slot[operation];
    return space.callAt[operation] < bound && (mask[slot >>> 6] & (1L << slot)) != 0;
  }

  private void moveFront(int newFront) {
    front = newFront;
    bound = front < space.required() ? space.returnAt[space.byReturn[front]] : Operation.NEVER;
    while (opened < space.size && space.callAt[opened] < bound) {
      guide.opened(opened++);
    }
    while (opened > 0 && space.callAt[opened - 1] >= bound) {
      guide.closed(--opened);
    }
  }

  /// Takes back the last operation linearized.
  private void restore() {
    int last = --path.depth;
    int operation = path.operation[last];
    state = path.state[last];
    if (path.ordinal[last] >= space.required()) {
      unuse(path.ordinal[last] - space.required());
      guide.restored(operation);
      return;
    }
    linearized--;
    waiting.giveBack(operation);
    int rank = space.rank[operation];
    if (rank > front) {
      mask[space.slot[operation] >>> 6] &= ~(1L << space.slot[operation]);
    } else {
      for (int i = rank + 1; i < front; i++) {
        int slot = space.slot[space.byReturn[i]];
        mask[slot >>> 6] |= 1L << slot;
      }
      moveFront(rank);
    }
    guide.restored(operation);
  }

  private void use(int group) {
    usedOfGroup[group]++;
    used = Bag.with(used, group);
  }

  private void unuse(int group) {
    usedOfGroup[group]--;
    used = Bag.without(used, group);
  }

  /// Goes back to the last decision and decides otherwise. False if there is none left.
  private boolean backtrack() {
    while (path.depth > 0 && path.ordinal[path.depth - 1] == FORCED) {
      restore();
    }
    if (path.depth == 0) {
      return false;
    }
    int ordinal = path.ordinal[path.depth - 1];
    int branch = path.branch[path.depth - 1];
    restore();
    if (!tryFrom(ordinal, branch + 1)) {
      fail();
    }
    return true;
  }

  private void fail() {
    failed.add(fillKey(), used);
  }

  private boolean isKnownFailure() {
    return failed.containsAtLeast(fillKey(), used);
  }

  private long[] fillKey() {
    System.arraycopy(mask, 0, key, 0, mask.length);
    key[mask.length] = ((long) front << 32) | (guide.canonical(state) & 0xFFFFFFFFL);
    return key;
  }

  private void noteDeadEnd() {
    if (tracesDeadEnds && front < space.required()) {
      deadEnds.note(linearized, path, state, space.byReturn[front]);
    }
  }
}
