package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.Arrays;

/// Searches histories of a cell that is only read and written, with values written again and again.
///
/// A linearization is a sequence of *blocks*, a write and the reads that see it. Blocks are decided
/// as late as can be: only when an operation is the front, the next to return, must it have a
/// place. It then either
///
/// - opens a *new* block behind all others: a write, or a write for the read to see; or
/// - goes *back*, into a block of its own right before the present one. That is possible if all of
///   that block was called before the present one began, and nobody notices: its value is gone
///   again when the present block begins.
///
/// All else follows. Reads of the present value, and reads that may go back with a block, join at
/// once, since a read changes nothing. Of writes of the same value the one that returns first is
/// taken, optional ones last: any linearization allows to change them. A new block is best if
/// nobody will read the present value again, or if it has the same value: it begins later, so more
/// may go back before it. A value that is still to be read, and that nobody can write again, must
/// not go. So there are never more than two ways, and most of the time one.
final class BlockSearch implements Search {
  private static final int NONE = -1;
  private static final int BEFORE_ALL = -1;

  private final SearchSpace space;
  private final CellTransitions cell;
  private final ConfigurationTable failed;
  private final long memoryLimit;
  private final long[] key;

  // The configuration.
  private int front;
  private int value;
  private int blockBegin = BEFORE_ALL;
  private int[] used = Bag.EMPTY;
  private final int[] usedOf;
  private final int[] readersLeft;
  private final int[] writersLeft;

  // The required operations without a place, in order of call.
  private final CallOrder waiting;
  private final int[] next;
  private final boolean[] hasPlace;

  /// Per value, its optional writes.
  private final int[][] optionalWrites;

  /// Per value, when its reads are called.
  private final int[][] readCalls;

  private final Trail trail;

  private final Choices choices = new Choices();

  private boolean isDeciding = true;
  private long configurations;
  private int established;

  private enum Way {
    NEW_BLOCK,
    BACK
  }

  BlockSearch(SearchSpace space, CellTransitions cell, long memoryLimit) {
    this.space = space;
    this.cell = cell;
    this.memoryLimit = memoryLimit;
    key = new long[space.words + 2];
    failed = new ConfigurationTable(key.length, space.optional.length > 0);
    readersLeft = new int[cell.values()];
    writersLeft = new int[cell.values()];
    usedOf = new int[cell.values()];
    waiting = new CallOrder(space);
    next = waiting.next;
    hasPlace = new boolean[space.size];
    optionalWrites = new int[cell.values()][];
    readCalls = new int[cell.values()][];
    trail = new Trail(space.size);
    value = cell.initial();
    for (int i = 0; i < space.size; i++) {
      count(i, 1);
    }
    sortReads();
    sortOptionalWrites();
  }

  private void sortOptionalWrites() {
    int[] counts = new int[optionalWrites.length];
    for (int i = 0; i < space.size; i++) {
      if (isOptionalWrite(i)) {
        counts[cell.leaves[space.callClass[i]]]++;
      }
    }
    for (int v = 0; v < counts.length; v++) {
      optionalWrites[v] = new int[counts[v]];
    }
    for (int i = space.size - 1; i >= 0; i--) {
      if (isOptionalWrite(i)) {
        int written = cell.leaves[space.callClass[i]];
        optionalWrites[written][--counts[written]] = i;
      }
    }
  }

  private boolean isOptionalWrite(int operation) {
    return !space.isRequired(operation)
        && cell.leaves[space.callClass[operation]] != CellTransitions.NOTHING;
  }

  private void sortReads() {
    int[] filled = new int[readCalls.length];
    for (int v = 0; v < readCalls.length; v++) {
      readCalls[v] = new int[readersLeft[v]];
    }
    for (int i = 0; i < space.size; i++) {
      int seen = cell.observes[space.callClass[i]];
      if (seen != CellTransitions.NOTHING) {
        readCalls[seen][filled[seen]++] = space.callAt[i];
      }
    }
  }

  /// Whether the search understands all calls: none may both see and leave a value.
  static boolean applies(CellTransitions cell) {
    for (int i = 0; i < cell.observes.length; i++) {
      boolean sees = cell.observes[i] != CellTransitions.NOTHING;
      boolean leaves = cell.leaves[i] != CellTransitions.NOTHING;
      if (sees == leaves) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return "block search";
  }

  @Override
  public long configurations() {
    return configurations;
  }

  @Override
  public long bytes() {
    return failed.bytes() + 20L * space.size;
  }

  @Override
  public int established() {
    return established;
  }

  @Override
  public Answer advance(long steps) {
    if (configurations == 0 && isStrandedFromTheStart()) {
      return new Answer.Contradiction("a value was read that nobody wrote", new int[0]);
    }
    long limit = configurations + steps;
    while (configurations < limit) {
      if (isDeciding) {
        configurations++;
        joinPresentBlock();
        established = Math.max(established, front);
        if (front == space.required()) {
          return new Answer.Linearizable(trail.order());
        }
        isDeciding = !failed.containsAtLeast(fillKey(), used) && decide();
      } else if (!goBack()) {
        return new Answer.Contradiction("no order of the writes explains all reads", new int[0]);
      }
      if ((configurations & 0x3FF) == 0 && bytes() > memoryLimit) {
        return new Answer.GaveUp(Answer.GaveUp.MEMORY);
      }
    }
    return Answer.Undecided.INSTANCE;
  }

  private boolean isStrandedFromTheStart() {
    for (int v = 0; v < readersLeft.length; v++) {
      if (v != value && isStranded(v)) {
        return true;
      }
    }
    return false;
  }

  private boolean isStranded(int v) {
    return readersLeft[v] > 0 && writersLeft[v] == 0;
  }

  private int bound() {
    return front < space.required() ? space.returnAt[space.byReturn[front]] : Operation.NEVER;
  }

  /// All reads of the present value see the present block.
  private void joinPresentBlock() {
    boolean moved = true;
    while (moved) {
      moved = false;
      int bound = bound();
      for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < bound; i = next[i]) {
        if (cell.observes[space.callClass[i]] == value) {
          place(i, Trail.Place.PRESENT_BLOCK);
          moved = true;
        }
      }
    }
  }

  /// Finds a place for the front. False if there is none, or none that lasts.
  private boolean decide() {
    Way first = preferred();
    Way second = other(first);
    boolean hasSecond = !isNewBlockBest() && isPossible(second);
    if (isPossible(first)) {
      note(hasSecond);
      return go(first);
    }
    if (hasSecond) {
      note(false);
      return go(second);
    }
    failed.add(fillKey(), used);
    return false;
  }

  private static Way other(Way way) {
    return way == Way.NEW_BLOCK ? Way.BACK : Way.NEW_BLOCK;
  }

  private void note(boolean hasOther) {
    choices.push(trail.size(), front, value, blockBegin, hasOther);
  }

  private int wanted() {
    int callClass = space.callClass[space.byReturn[front]];
    int seen = cell.observes[callClass];
    return seen == CellTransitions.NOTHING ? cell.leaves[callClass] : seen;
  }

  private boolean isNewBlockBest() {
    return readersLeft[value] == 0 || wanted() == value;
  }

  private Way preferred() {
    if (isNewBlockBest()) {
      return Way.NEW_BLOCK;
    }
    int wanted = wanted();
    return nextReader(wanted) < nextReader(value) ? Way.NEW_BLOCK : Way.BACK;
  }

  /// When the next read of a value is called that is not open yet.
  private int nextReader(int v) {
    int at = Arrays.binarySearch(readCalls[v], bound());
    int place = at >= 0 ? at : -at - 1;
    return place < readCalls[v].length ? readCalls[v][place] : Operation.NEVER;
  }

  private boolean isPossible(Way way) {
    int operation = space.byReturn[front];
    int limit = way == Way.NEW_BLOCK ? bound() : blockBegin;
    if (space.callAt[operation] >= limit && way == Way.BACK) {
      return false;
    }
    int wanted = wanted();
    if (way == Way.NEW_BLOCK && wanted != value && isStranded(value)) {
      return false;
    }
    return isWrite(operation) || writer(wanted, limit) != NONE;
  }

  private boolean isWrite(int operation) {
    return cell.leaves[space.callClass[operation]] != CellTransitions.NOTHING;
  }

  /// The best write of `wanted` that was called before `limit`: required ones by return, then
  /// optional ones by call.
  private int writer(int wanted, int limit) {
    int best = NONE;
    for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < limit; i = next[i]) {
      if (cell.leaves[space.callClass[i]] == wanted
          && (best == NONE || space.rank[i] < space.rank[best])) {
        best = i;
      }
    }
    if (best != NONE) {
      return best;
    }
    int[] group = optionalWrites[wanted];
    boolean isThere = usedOf[wanted] < group.length && space.callAt[group[usedOf[wanted]]] < limit;
    return isThere ? group[usedOf[wanted]] : NONE;
  }

  /// False if that leaves a value to be read that is gone for good.
  private boolean go(Way way) {
    int operation = space.byReturn[front];
    int wanted = wanted();
    int begin = bound();
    int limit = way == Way.NEW_BLOCK ? begin : blockBegin;
    int writer = isWrite(operation) ? operation : writer(wanted, limit);
    if (way == Way.NEW_BLOCK) {
      place(writer, Trail.Place.NEW_BLOCK);
      value = wanted;
      blockBegin = begin;
      return true;
    }
    place(writer, Trail.Place.BACK);
    for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < limit; i = next[i]) {
      if (cell.observes[space.callClass[i]] == wanted) {
        place(i, Trail.Place.BACK);
      }
    }
    return !isStranded(wanted);
  }

  private void place(int operation, Trail.Place how) {
    trail.push(operation, how);
    count(operation, -1);
    hasPlace[operation] = true;
    if (!space.isRequired(operation)) {
      int written = cell.leaves[space.callClass[operation]];
      usedOf[written]++;
      used = Bag.with(used, written);
      return;
    }
    waiting.take(operation);
    while (front < space.required() && hasPlace[space.byReturn[front]]) {
      front++;
    }
  }

  private void count(int operation, int change) {
    int callClass = space.callClass[operation];
    if (cell.observes[callClass] != CellTransitions.NOTHING) {
      readersLeft[cell.observes[callClass]] += change;
    } else {
      writersLeft[cell.leaves[callClass]] += change;
    }
  }

  private void takeBack(int toTrailSize) {
    while (trail.size() > toTrailSize) {
      int operation = trail.pop();
      count(operation, 1);
      hasPlace[operation] = false;
      if (space.isRequired(operation)) {
        waiting.giveBack(operation);
      } else {
        int written = cell.leaves[space.callClass[operation]];
        usedOf[written]--;
        used = Bag.without(used, written);
      }
    }
  }

  /// Goes back to the last decision that has another way, and goes that. False if there is none.
  private boolean goBack() {
    while (choices.size > 0) {
      int last = --choices.size;
      takeBack(choices.trailSize[last]);
      front = choices.front[last];
      value = choices.value[last];
      blockBegin = choices.begin[last];
      if (choices.hasOther[last]) {
        note(false);
        isDeciding = go(other(preferred()));
        return true;
      }
      failed.add(fillKey(), used);
    }
    return false;
  }

  private long[] fillKey() {
    Arrays.fill(key, 0);
    int bound = bound();
    int mayGoBack = 0;
    for (int i = next[waiting.end]; i != waiting.end && space.callAt[i] < bound; i = next[i]) {
      key[space.slot[i] >>> 6] |= 1L << space.slot[i];
      mayGoBack += space.callAt[i] < blockBegin ? 1 : 0;
    }
    boolean isDead = readersLeft[value] == 0;
    key[space.words] = ((long) front << 32) | ((isDead ? NONE : value) & 0xFFFFFFFFL);
    // Without optional operations, all that matters of the beginning is who may go back before it.
    int begin = space.optional.length == 0 ? mayGoBack : blockBegin;
    key[space.words + 1] = isDead ? NONE : begin;
    return key;
  }
}
