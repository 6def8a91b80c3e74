package dev.labrys.cluster.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is planned, in the order in which it will happen: by time, and at the same time as planned.
///
/// A binary heap of plain numbers: the time of an event, and its turn, whose low bits say in which
/// slot its content is. Turns are unique, so no two events compare equal, and nothing is allocated
/// for an event.
final class Agenda {
  private static final int SLOT_BITS = 24;
  private static final int MOST_EVENTS = 1 << SLOT_BITS;
  private static final int SLOT_MASK = MOST_EVENTS - 1;
  private static final int INITIAL_CAPACITY = 64;

  private final Fingerprint fingerprint;
  private long[] times = new long[INITIAL_CAPACITY];
  private long[] turns = new long[INITIAL_CAPACITY];
  private int size;
  private long planned;

  private @Nullable Actor[] actors = new Actor[INITIAL_CAPACITY];
  private long[] arguments = new long[INITIAL_CAPACITY];
  private @Nullable Object[] objects = new Object[INITIAL_CAPACITY];

  /// For a slot that is free, the next one that is.
  private int[] nextFree = new int[INITIAL_CAPACITY];

  private int firstFree;
  private long now;
  private long happened;

  Agenda(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
    Arrays.setAll(nextFree, slot -> slot + 1);
  }

  /// The time of the last event that happened, or [waited][#waitUntil] for.
  long now() {
    return now;
  }

  /// How many events have happened.
  long happened() {
    return happened;
  }

  /// How many events are planned.
  int size() {
    return size;
  }

  /// At `time`, or now if that has passed, lets `actor` act.
  void plan(long time, Actor actor, long argument, @Nullable Object object) {
    if (firstFree == nextFree.length) {
      grow();
    }
    int slot = firstFree;
    firstFree = nextFree[slot];
    actors[slot] = actor;
    arguments[slot] = argument;
    objects[slot] = object;
    rise(size++, Math.max(time, now), planned++ << SLOT_BITS | slot);
  }

  /// Lets the next event happen if it is due at `limit` or before.
  ///
  /// @return whether one did
  boolean happen(long limit) {
    if (size == 0 || times[0] > limit) {
      return false;
    }
    now = times[0];
    int slot = (int) turns[0] & SLOT_MASK;
    size--;
    if (size > 0) {
      sink(times[size], turns[size]);
    }
    Actor actor = actors[slot];
    long argument = arguments[slot];
    Object object = objects[slot];
    actors[slot] = null;
    objects[slot] = null;
    nextFree[slot] = firstFree;
    firstFree = slot;
    happened++;
    fingerprint.mix(now, argument);
    if (actor != null) {
      actor.act(argument, object);
    }
    return true;
  }

  /// Lets time pass in which nothing is planned.
  void waitUntil(long time) {
    now = Math.max(now, time);
  }

  private void rise(int position, long time, long turn) {
    int hole = position;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (isBefore(times[parent], turns[parent], time, turn)) {
        break;
      }
      times[hole] = times[parent];
      turns[hole] = turns[parent];
      hole = parent;
    }
    times[hole] = time;
    turns[hole] = turn;
  }

  /// Puts an event in the place of the first.
  private void sink(long time, long turn) {
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child >= size) {
        break;
      }
      int right = child + 1;
      if (right < size && isBefore(times[right], turns[right], times[child], turns[child])) {
        child = right;
      }
      if (isBefore(time, turn, times[child], turns[child])) {
        break;
      }
      times[hole] = times[child];
      turns[hole] = turns[child];
      hole = child;
    }
    times[hole] = time;
    turns[hole] = turn;
  }

  private static boolean isBefore(long time, long turn, long otherTime, long otherTurn) {
    return time < otherTime || (time == otherTime && turn < otherTurn);
  }

  private void grow() {
    int old = nextFree.length;
    if (old == MOST_EVENTS) {
      throw new IllegalStateException(
          "%d events are planned at once: something plans more than can ever happen"
              .formatted(MOST_EVENTS));
    }
    int grown = old * 2;
    times = Arrays.copyOf(times, grown);
    turns = Arrays.copyOf(turns, grown);
    actors = Arrays.copyOf(actors, grown);
    arguments = Arrays.copyOf(arguments, grown);
    objects = Arrays.copyOf(objects, grown);
    nextFree = Arrays.copyOf(nextFree, grown);
    for (int slot = old; slot < grown; slot++) {
      nextFree[slot] = slot + 1;
    }
  }
}
