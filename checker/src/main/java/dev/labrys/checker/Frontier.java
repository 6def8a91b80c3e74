package dev.labrys.checker;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// All configurations a history may be in after each return, advanced one return at a time: the
/// search that needs memory for what is open, not for what is over.
///
/// Open required operations sit in slots. When the operation of a slot returns, each configuration
/// that has not linearized it yet is continued in every way that ends with it – just in time –, and
/// the slot is free again. Read-only operations are linearized as soon as they are possible, and of
/// two open operations with equal calls the one that returns first: see [DepthFirstSearch] for why.
final class Frontier {
  private static final int NO_STEP = -1;
  private static final long MOST_ATTEMPTS = 1 << 18;

  private final Transitions transitions;
  private final boolean keepsSteps;
  private final boolean trustsNever;

  // What is open: per slot, its operation's number, call class and deadline; then the optional
  // ones.
  private int words = 1;
  private int[] operationOfSlot = new int[64];
  private int[] classOfSlot = new int[64];
  private long[] deadlineOfSlot = new long[64];
  private boolean[] isReadOnlySlot = new boolean[64];
  private int[] openSlots = new int[64];
  private int openCount;
  private int[][] optionalOfGroup = new int[4][];
  private int[] optionalCount = new int[4];
  private int[] classOfGroup = new int[4];
  private int groups;

  private Configurations current = new Configurations(1);
  private Configurations following = new Configurations(1);
  private final Configurations work = new Configurations(1);
  private ConfigurationTable seen = new ConfigurationTable(2, true);
  private ConfigurationTable reached = new ConfigurationTable(2, true);
  private long[] key = new long[2];

  // Every step taken, as (step before, operation), for the certificate.
  private int[] stepBefore = new int[64];
  private int[] stepOperation = new int[64];
  private int steps;

  // The return being served, and how much of the work list is done.
  private int target;
  private int expanded;

  private long configurations;

  /// @param keepsSteps whether an order of the operations can be asked for at the end; it costs
  ///   memory in proportion to the history
  /// @param trustsNever whether [Transitions#NEVER] means never, because there are no resets
  Frontier(Transitions transitions, boolean keepsSteps, boolean trustsNever) {
    this.transitions = transitions;
    this.keepsSteps = keepsSteps;
    this.trustsNever = trustsNever;
    current.add(new long[1], 0, transitions.initial(), Bag.EMPTY, NO_STEP);
  }

  /// The history may as well begin in `state`. Said before anything is open.
  void beginAlsoIn(int state) {
    current.add(new long[words], 0, state, Bag.EMPTY, NO_STEP);
  }

  /// Whether no operation is open, and none may take effect later.
  boolean isQuiet() {
    return openCount == 0 && groups == 0;
  }

  /// The states that the object may be in while all [is quiet][#isQuiet].
  int[] states() {
    return Arrays.stream(current.states, 0, current.size).distinct().toArray();
  }

  /// A required operation is open from now on.
  void open(int slot, int operation, int callClass, boolean isReadOnly, long deadline) {
    while (slot >= 64 * words) {
      widen();
    }
    operationOfSlot[slot] = operation;
    classOfSlot[slot] = callClass;
    deadlineOfSlot[slot] = deadline;
    isReadOnlySlot[slot] = isReadOnly;
    openSlots[openCount++] = slot;
  }

  /// An operation that may take effect from now on, or never.
  void offer(int operation, int callClass) {
    int group = 0;
    while (group < groups && classOfGroup[group] != callClass) {
      group++;
    }
    if (group == groups) {
      if (groups == classOfGroup.length) {
        classOfGroup = Arrays.copyOf(classOfGroup, 2 * groups);
        optionalOfGroup = Arrays.copyOf(optionalOfGroup, 2 * groups);
        optionalCount = Arrays.copyOf(optionalCount, 2 * groups);
      }
      classOfGroup[group] = callClass;
      optionalOfGroup[group] = new int[4];
      optionalCount[group] = 0;
      groups++;
    }
    if (optionalCount[group] == optionalOfGroup[group].length) {
      optionalOfGroup[group] = Arrays.copyOf(optionalOfGroup[group], 2 * optionalCount[group]);
    }
    optionalOfGroup[group][optionalCount[group]++] = operation;
  }

  /// The operation in `slot` returns. To be followed by [#advance] until that says true, and then
  /// by [#finish].
  void begin(int slot) {
    target = slot;
    expanded = 0;
    following.clear();
    seen.clear();
    reached.clear();
    work.clear();
    for (int i = 0; i < current.size; i++) {
      long[] mask = work.scratch;
      current.load(i, mask);
      if (has(mask, slot)) {
        arrive(mask, current.states[i], current.used[i], current.steps[i]);
      } else {
        consider(mask, current.states[i], current.used[i], current.steps[i]);
      }
    }
  }

  /// Looks for ways to linearize the returning operation, at most `limit` configurations' worth,
  /// and fewer if each has very many ways to go on. True if there is nothing more to look at.
  boolean advance(long limit) {
    long attempts = 0;
    for (long left = limit; expanded < work.size; left--) {
      if (left <= 0 || attempts > MOST_ATTEMPTS) {
        return false;
      }
      attempts += openCount + groups;
      configurations++;
      expand(expanded++);
    }
    return true;
  }

  /// Frees the slot. False if no configuration is left: the history is not linearizable.
  boolean finish() {
    Configurations swap = current;
    current = following;
    following = swap;
    close(target);
    return current.size > 0;
  }

  private void close(int slot) {
    for (int i = 0; i < openCount; i++) {
      if (openSlots[i] == slot) {
        openSlots[i] = openSlots[--openCount];
        return;
      }
    }
  }

  /// Puts a configuration on the work list, with all reads it allows, unless it was there before.
  private void consider(long[] mask, int state, int[] used, int step) {
    int last = step;
    for (int i = 0; i < openCount; i++) {
      int slot = openSlots[i];
      if (isReadOnlySlot[slot] && !has(mask, slot)) {
        int next = transitions.next(state, classOfSlot[slot]);
        if (next == state) {
          set(mask, slot);
          last = step(last, operationOfSlot[slot]);
        } else if (next == Transitions.NEVER && trustsNever) {
          return;
        }
      }
    }
    if (seen.add(key(mask, state), used)) {
      work.add(mask, 0, state, used, last);
    }
  }

  private void expand(int index) {
    int state = work.states[index];
    int[] used = work.used[index];
    int step = work.steps[index];
    work.load(index, key);
    if (has(key, target)) {
      arrive(Arrays.copyOf(key, words), state, used, step);
      return;
    }
    for (int i = 0; i < openCount; i++) {
      int slot = openSlots[i];
      work.load(index, work.scratch);
      if (isReadOnlySlot[slot] || has(work.scratch, slot) || !isFirstOfTwins(slot, work.scratch)) {
        continue;
      }
      int next = transitions.next(state, classOfSlot[slot]);
      if (next == Transitions.NEVER && trustsNever) {
        return;
      }
      set(work.scratch, slot);
      long[] mask = work.scratch;
      follow(next, slot, mask, used, step(next, step, operationOfSlot[slot]));
    }
    for (int group = 0; group < groups; group++) {
      int count = Bag.count(used, group);
      int next = transitions.next(state, classOfGroup[group]);
      if (count < optionalCount[group]
          && next != state
          && next != Transitions.NOT_NOW
          && next != Transitions.NEVER) {
        work.load(index, work.scratch);
        int[] more = Bag.with(used, group);
        int then = step(next, step, optionalOfGroup[group][count]);
        follow(next, NO_STEP, work.scratch, more, then);
      }
    }
  }

  private void follow(int next, int slot, long[] mask, int[] used, int step) {
    if (next >= 0) {
      follow(slot, mask, next, used, step);
    } else if (next < Transitions.NEVER) {
      long[] copy = mask.clone();
      for (int choice : transitions.choices(next)) {
        System.arraycopy(copy, 0, mask, 0, copy.length);
        follow(slot, mask, choice, used, step);
      }
    }
  }

  private void follow(int slot, long[] mask, int state, int[] used, int step) {
    if (slot == target) {
      arrive(mask, state, used, step);
    } else {
      consider(mask, state, used, step);
    }
  }

  private void arrive(long[] mask, int state, int[] used, int step) {
    mask[target >>> 6] &= ~(1L << target);
    if (reached.add(key(mask, state), used)) {
      following.add(mask, 0, state, used, step);
    }
  }

  /// Of open operations with equal calls, only the first to return is worth trying.
  private boolean isFirstOfTwins(int slot, long[] mask) {
    for (int i = 0; i < openCount; i++) {
      int other = openSlots[i];
      if (classOfSlot[other] == classOfSlot[slot]
          && deadlineOfSlot[other] < deadlineOfSlot[slot]
          && !has(mask, other)) {
        return false;
      }
    }
    return true;
  }

  private int step(int next, int before, int operation) {
    return next == Transitions.NOT_NOW || next == Transitions.NEVER
        ? NO_STEP
        : step(before, operation);
  }

  private int step(int before, int operation) {
    if (!keepsSteps) {
      return NO_STEP;
    }
    if (steps == stepBefore.length) {
      stepBefore = Arrays.copyOf(stepBefore, 2 * steps);
      stepOperation = Arrays.copyOf(stepOperation, 2 * steps);
    }
    stepBefore[steps] = before;
    stepOperation[steps] = operation;
    return steps++;
  }

  /// The operations in an order that explains all returns so far.
  int[] order() {
    int length = 0;
    for (int step = current.steps[0]; step != NO_STEP; step = stepBefore[step]) {
      length++;
    }
    int[] order = new int[length];
    for (int step = current.steps[0]; step != NO_STEP; step = stepBefore[step]) {
      order[--length] = stepOperation[step];
    }
    return order;
  }

  /// How many configurations there were before the last return.
  int sizeBefore() {
    return following.size;
  }

  /// The state of one of them.
  int stateBefore(int configuration) {
    return following.states[configuration];
  }

  /// Gives all states and call classes new numbers.
  void renumber(IntUnaryOperator states, IntUnaryOperator classes) {
    for (int i = 0; i < current.size; i++) {
      current.states[i] = states.applyAsInt(current.states[i]);
    }
    for (int i = 0; i < openCount; i++) {
      classOfSlot[openSlots[i]] = classes.applyAsInt(classOfSlot[openSlots[i]]);
    }
    for (int group = 0; group < groups; group++) {
      classOfGroup[group] = classes.applyAsInt(classOfGroup[group]);
    }
  }

  /// Becomes a copy of `other`, which has the same transitions and keeps no steps.
  void copy(Frontier other) {
    while (words < other.words) {
      widen();
    }
    System.arraycopy(other.operationOfSlot, 0, operationOfSlot, 0, other.operationOfSlot.length);
    System.arraycopy(other.classOfSlot, 0, classOfSlot, 0, other.classOfSlot.length);
    System.arraycopy(other.deadlineOfSlot, 0, deadlineOfSlot, 0, other.deadlineOfSlot.length);
    System.arraycopy(other.isReadOnlySlot, 0, isReadOnlySlot, 0, other.isReadOnlySlot.length);
    System.arraycopy(other.openSlots, 0, openSlots, 0, other.openCount);
    openCount = other.openCount;
    classOfGroup = other.classOfGroup.clone();
    optionalCount = other.optionalCount.clone();
    optionalOfGroup = other.optionalOfGroup.clone();
    groups = other.groups;
    current.clear();
    long[] mask = new long[words];
    for (int i = 0; i < other.current.size; i++) {
      other.current.load(i, mask);
      current.add(mask, 0, other.current.states[i], other.current.used[i], NO_STEP);
    }
  }

  long configurations() {
    return configurations;
  }

  long bytes() {
    return current.bytes()
        + following.bytes()
        + work.bytes()
        + seen.bytes()
        + reached.bytes()
        + 8L * stepBefore.length;
  }

  private long[] key(long[] mask, int state) {
    System.arraycopy(mask, 0, key, 0, words);
    key[words] = state;
    return key;
  }

  private static boolean has(long[] mask, int slot) {
    return (mask[slot >>> 6] & (1L << slot)) != 0;
  }

  private static void set(long[] mask, int slot) {
    mask[slot >>> 6] |= 1L << slot;
  }

  private void widen() {
    int newWords = 2 * words;
    current = current.widened(newWords);
    following = new Configurations(newWords);
    work.widen(newWords);
    seen = new ConfigurationTable(newWords + 1, true);
    reached = new ConfigurationTable(newWords + 1, true);
    key = new long[newWords + 1];
    operationOfSlot = Arrays.copyOf(operationOfSlot, 64 * newWords);
    classOfSlot = Arrays.copyOf(classOfSlot, 64 * newWords);
    deadlineOfSlot = Arrays.copyOf(deadlineOfSlot, 64 * newWords);
    isReadOnlySlot = Arrays.copyOf(isReadOnlySlot, 64 * newWords);
    openSlots = Arrays.copyOf(openSlots, 64 * newWords);
    words = newWords;
  }
}
