package dev.labrys.synthetic;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// Hard histories of registers. Process 0 does one thing after the other, the rest overlap.
final class RegisterAdversary {
  private static final int NEVER_READ = 1_000_000;
  private static final int UNREAD_START = 7;
  private static final int TURNS_PER_CRASH = 5;

  private RegisterAdversary() {}

  static void aba(Script script, int size, Dice dice) {
    List<Integer> writers = new ArrayList<>();
    write(script, 1);
    for (int writer = 1; writer <= size; writer++) {
      script.invoke(writer, "write", Value.of(NEVER_READ + writer));
      writers.add(writer);
    }
    read(script, 1);
    script.invoke(size + 1, "write", Value.of(2));
    writers.add(size + 1);
    read(script, 2);
    read(script, 1);
    dice.shuffle(writers);
    writers.forEach(writer -> script.ok(writer, Value.nil()));
  }

  static void alternate(Script script, int size, Dice dice) {
    alternate(script, size, size + 1, dice);
  }

  static void alternateEnough(Script script, int size, Dice dice) {
    alternate(script, size, size, dice);
  }

  private static void alternate(Script script, int size, int reads, Dice dice) {
    List<Integer> writers = new ArrayList<>();
    write(script, UNREAD_START);
    for (int i = 0; i < size; i++) {
      script.invoke(i + 1, "write", Value.of(i % 2));
      writers.add(i + 1);
    }
    for (int i = 0; i < reads; i++) {
      read(script, i % 2);
    }
    dice.shuffle(writers);
    writers.forEach(writer -> script.ok(writer, Value.nil()));
  }

  static void crashLate(Script script, int size, Dice dice) {
    List<Integer> late = new ArrayList<>();
    for (int writer = 1; writer <= size; writer++) {
      script.crash(writer, "write", Value.of(NEVER_READ + writer));
      late.add(NEVER_READ + writer);
    }
    for (int i = 1; i <= TURNS_PER_CRASH * size; i++) {
      write(script, i);
      read(script, i);
    }
    dice.shuffle(late);
    late.forEach(value -> read(script, value));
  }

  private static void write(Script script, int value) {
    script.call(0, "write", Value.of(value), Value.nil());
  }

  private static void read(Script script, int value) {
    script.call(0, "read", Value.nil(), Value.of(value));
  }
}
