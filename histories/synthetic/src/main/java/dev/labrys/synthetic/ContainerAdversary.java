package dev.labrys.synthetic;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// Hard histories of locks, queues and counters. Process 0 does one thing after the other, the rest
/// overlap.
final class ContainerAdversary {
  private static final int LARGEST_HALF = 1_000_000_000;

  private ContainerAdversary() {}

  static void lockCrash(Script script, int size, Dice dice) {
    lockCrash(script, size, size, dice);
  }

  static void lockCrashOnceMore(Script script, int size, Dice dice) {
    lockCrash(script, size, size + 1, dice);
  }

  private static void lockCrash(Script script, int size, int acquisitions, Dice dice) {
    script.call(0, "acquire", Value.nil(), Value.nil());
    List<String> crashes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      crashes.add("acquire");
      crashes.add("release");
    }
    dice.shuffle(crashes);
    for (int i = 0; i < crashes.size(); i++) {
      script.crash(i + 1, crashes.get(i), Value.nil());
    }
    for (int i = 0; i < acquisitions; i++) {
      script.call(0, "acquire", Value.nil(), Value.nil());
    }
  }

  static void queueBurst(Script script, int size, Dice dice) {
    List<Integer> elements = burst(script, 1, size);
    dice.shuffle(elements);
    elements.forEach(element -> dequeue(script, element));
  }

  static void queueBurstTorn(Script script, int size, Dice dice) {
    List<Integer> first = burst(script, 1, size);
    List<Integer> second = burst(script, 1 + size, size);
    dice.shuffle(first);
    dice.shuffle(second);
    List<Integer> order = new ArrayList<>(first);
    order.addAll(second);
    order.set(size - 1, second.getFirst());
    order.set(size, first.getLast());
    order.forEach(element -> dequeue(script, element));
  }

  private static List<Integer> burst(Script script, int firstElement, int size) {
    List<Integer> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      script.invoke(i + 1, "enqueue", Value.of(firstElement + i));
      elements.add(firstElement + i);
    }
    for (int i = 0; i < size; i++) {
      script.ok(i + 1, Value.nil());
    }
    return elements;
  }

  private static void dequeue(Script script, int element) {
    script.call(0, "dequeue", Value.nil(), Value.of(element));
  }

  static void subsetSum(Script script, int size, Dice dice) {
    subsetSum(script, size, 0, dice);
  }

  static void subsetSumOdd(Script script, int size, Dice dice) {
    subsetSum(script, size, 1, dice);
  }

  private static void subsetSum(Script script, int size, long error, Dice dice) {
    long total = error;
    for (int i = 0; i < size; i++) {
      long even = 2L * (1 + dice.below(LARGEST_HALF));
      script.crash(i + 1, "add", Value.of(even));
      total += dice.chance(0.5) ? even : 0;
    }
    script.call(0, "read", Value.nil(), Value.of(total));
  }
}
