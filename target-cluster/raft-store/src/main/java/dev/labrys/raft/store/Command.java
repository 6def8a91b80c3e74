package dev.labrys.raft.store;

import java.util.List;

/// Something that the store can be asked to change.
///
/// The store holds registers, lists, counters, sets, queues and locks. Each is named by a text, and
/// has nothing to do with one of another kind that has the same name. All are there from the
/// beginning: registers hold nothing, counters stand at zero, locks are free, the others are empty.
public sealed interface Command extends Step {

  /// Makes a register hold `value`. Answered [Answer.Done].
  record Put(String register, Datum value) implements Command {}

  /// Adds to the end of the text that a register holds; nothing counts as the empty text. Answered
  /// [Answer.Done], or [Answer.Refused] if the register holds a number.
  record Append(String register, Datum.Text suffix) implements Command {}

  /// Makes a register hold nothing. Answered [Answer.Done].
  record Delete(String register) implements Command {}

  /// Makes a register hold `replacement` if it holds `expected`. Answered with the [Answer.Truth]
  /// of whether it did.
  record CompareAndSet(String register, Datum expected, Datum replacement) implements Command {}

  /// Adds to the end of a list. Answered with how many items were there before, which is the place
  /// of this one.
  record AppendItem(String list, Datum item) implements Command {}

  /// Adds to a counter, which wraps around like all sums of 64 bits. Answered with the new total.
  record Add(String counter, long delta) implements Command {}

  /// Takes from one counter and adds to another, unless less than that is there. Answered with the
  /// [Answer.Truth] of whether there was enough.
  ///
  /// @param amount zero or more
  record Transfer(String from, String to, long amount) implements Command {
    public Transfer {
      if (amount < 0) {
        throw new IllegalArgumentException("can't transfer " + amount);
      }
    }
  }

  /// Adds to a set. Answered with the [Answer.Truth] of whether it is new there.
  record Insert(String set, Datum element) implements Command {}

  /// Removes from a set. Answered with the [Answer.Truth] of whether it was there.
  record Remove(String set, Datum element) implements Command {}

  /// Adds to the end of a queue. Answered [Answer.Done].
  record Enqueue(String queue, Datum element) implements Command {}

  /// Takes an element out of a queue. Answered with the element, or nothing if the queue is empty.
  record Dequeue(String queue, End end) implements Command {}

  /// An end of a queue.
  enum End {
    /// The element that has been in it for longest: the queue is a queue.
    OLDEST,
    /// The element that came last: the queue is a stack.
    NEWEST
  }

  /// Takes a lock. Answered with a fencing token, which is larger than all that this lock gave out
  /// before, or with nothing if the lock is held.
  record Acquire(String lock, String owner, Again again) implements Command {}

  /// What becomes of a wish for a lock that one holds already.
  enum Again {
    /// It is as vain as anybody else's.
    VAIN,
    /// It is granted, with the token of before, and takes one more release.
    COUNTED
  }

  /// Gives a lock back. Answered with the [Answer.Truth] of whether `owner` held it.
  record Release(String lock, String owner) implements Command {}

  /// Does one step after the other with nobody in between. One that is refused does not stop the
  /// others. Answered with the answers of [Answer.Each].
  ///
  /// @param steps none of which is made of steps itself
  record All(List<Step> steps) implements Command {
    public All {
      steps = List.copyOf(steps);
      for (Step step : steps) {
        if (step instanceof All || step instanceof Query.All) {
          throw new IllegalArgumentException("a step can't be made of steps: " + step);
        }
      }
    }
  }
}
