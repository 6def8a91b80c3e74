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
  private int[] used = {};
  private final int[] usedOf;
  private final int[] readersLeft;
  private final int[] writersLeft;

  // The required operations without a place, in order of call; `size` is the sentinel.
  private final int[] next;
  private final int[] previous;
  private final boolean[] hasPlace;

  /// Per value, its optional writes.
  private final int[][] optionalWrites;

  /// Per value, when its reads are called.
  private final int[][] readCalls;

  /// Operations in the order in which they got a place, and how.
  private final int[] trail;

  private final Placed[] trailPlaces;
  private int trailSize;

  // The decisions that have another way.
  private int[] choiceTrail = new int[64];
  private int[] choiceFront = new int[64];
  private int[] choiceValue = new int[64];
  private int[] choiceBegin = new int[64];
  private boolean[] choiceOther = new boolean[64];
  private int choices;

  private boolean isDeciding = true;
  private long configurations;
  private int established;

  private enum Placed {
    NEW_BLOCK,
    PRESENT_BLOCK,
    BACK
  }

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
    next = new int[space.size + 1];
    previous = new int[space.size + 1];
    hasPlace = new boolean[space.size];
    optionalWrites = new int[cell.values()][];
    readCalls = new int[cell.values()][];
    trail = new int[space.size];
    trailPlaces = new Placed[space.size];
    value = cell.initial();
    int last = space.size;
    for (int i = 0; i < space.size; i++) {
      count(i, 1);
      if (space.isRequired(i)) {
        next[last] = i;
        previous[i] = last;
        last = i;
      }
    }
    next[last] = space.size;
    previous[space.size] = last;
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
          return new Answer.Linearizable(order());
        }
        isDeciding = !failed.containsAtLeast(fillKey(), used) && decide();
      } else if (!goBack()) {
        return new Answer.Contradiction("no order of the writes explains all reads", new int[0]);
      }
      if ((configurations & 0x3FF) == 0 && bytes() > memoryLimit) {
        return new Answer.GaveUp("memory");
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
      for (int i = next[space.size]; i != space.size && space.callAt[i] < bound; i = next[i]) {
        if (cell.observes[space.callClass[i]] == value) {
          place(i, Placed.PRESENT_BLOCK);
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
    if (choices == choiceTrail.length) {
      choiceTrail = Arrays.copyOf(choiceTrail, 2 * choices);
      choiceFront = Arrays.copyOf(choiceFront, 2 * choices);
      choiceValue = Arrays.copyOf(choiceValue, 2 * choices);
      choiceBegin = Arrays.copyOf(choiceBegin, 2 * choices);
      choiceOther = Arrays.copyOf(choiceOther, 2 * choices);
    }
    choiceTrail[choices] = trailSize;
    choiceFront[choices] = front;
    choiceValue[choices] = value;
    choiceBegin[choices] = blockBegin;
    choiceOther[choices] = hasOther;
    choices++;
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
    for (int i = next[space.size]; i != space.size && space.callAt[i] < limit; i = next[i]) {
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
      place(writer, Placed.NEW_BLOCK);
      value = wanted;
      blockBegin = begin;
      return true;
    }
    place(writer, Placed.BACK);
    for (int i = next[space.size]; i != space.size && space.callAt[i] < limit; i = next[i]) {
      if (cell.observes[space.callClass[i]] == wanted) {
        place(i, Placed.BACK);
      }
    }
    return !isStranded(wanted);
  }

  private void place(int operation, Placed how) {
    trail[trailSize] = operation;
    trailPlaces[trailSize++] = how;
    count(operation, -1);
    hasPlace[operation] = true;
    if (!space.isRequired(operation)) {
      int written = cell.leaves[space.callClass[operation]];
      usedOf[written]++;
      used = with(used, written);
      return;
    }
    next[previous[operation]] = next[operation];
    previous[next[operation]] = previous[operation];
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
    while (trailSize > toTrailSize) {
      int operation = trail[--trailSize];
      count(operation, 1);
      hasPlace[operation] = false;
      if (space.isRequired(operation)) {
        next[previous[operation]] = operation;
        previous[next[operation]] = operation;
      } else {
        int written = cell.leaves[space.callClass[operation]];
        usedOf[written]--;
        used = without(used, written);
      }
    }
  }

  /// Goes back to the last decision that has another way, and goes that. False if there is none.
  private boolean goBack() {
    while (choices > 0) {
      choices--;
      takeBack(choiceTrail[choices]);
      front = choiceFront[choices];
      value = choiceValue[choices];
      blockBegin = choiceBegin[choices];
      if (choiceOther[choices]) {
        choiceOther[choices] = false;
        choices++;
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
    for (int i = next[space.size]; i != space.size && space.callAt[i] < bound; i = next[i]) {
      key[space.slot[i] >>> 6] |= 1L << space.slot[i];
      mayGoBack += space.callAt[i] < blockBegin ? 1 : 0;
    }
    boolean isDead = readersLeft[value] == 0;
    key[space.words] = ((long) front << 32) | (isDead ? NONE : value) & 0xFFFFFFFFL;
    // Without optional operations, all that matters of the beginning is who may go back before it.
    int begin = space.optional.length == 0 ? mayGoBack : blockBegin;
    key[space.words + 1] = isDead ? NONE : begin;
    return key;
  }

  private int[] order() {
    int[] order = new int[trailSize];
    int size = 0;
    int[] present = new int[trailSize];
    int presentSize = 0;
    for (int i = 0; i < trailSize; i++) {
      switch (trailPlaces[i]) {
        case BACK -> order[size++] = trail[i];
        case PRESENT_BLOCK -> present[presentSize++] = trail[i];
        case NEW_BLOCK -> {
          System.arraycopy(present, 0, order, size, presentSize);
          size += presentSize;
          present[0] = trail[i];
          presentSize = 1;
        }
      }
    }
    System.arraycopy(present, 0, order, size, presentSize);
    return order;
  }

  private static int[] with(int[] bag, int element) {
    int at = Arrays.binarySearch(bag, element);
    int place = at >= 0 ? at : -at - 1;
    int[] more = new int[bag.length + 1];
    System.arraycopy(bag, 0, more, 0, place);
    more[place] = element;
    System.arraycopy(bag, place, more, place + 1, bag.length - place);
    return more;
  }

  private static int[] without(int[] bag, int element) {
    int place = Arrays.binarySearch(bag, element);
    int[] fewer = new int[bag.length - 1];
    System.arraycopy(bag, 0, fewer, 0, place);
    System.arraycopy(bag, place + 1, fewer, place, fewer.length - place);
    return fewer;
  }
}
