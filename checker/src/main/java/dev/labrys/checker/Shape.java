package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.function.Function;

/// What an object is made like, for the kinds of objects whose histories can be decided faster than
/// by search. A shape is a promise about [Model#step] and says nothing that `step` does not; the
/// oracle tests hold every model to its promise.
///
/// Each shape translates a call into its own few words. A call that does not fit is [Cell.Other]
/// (or its like), and sends the whole history to the search.
public sealed interface Shape {

  /// Nothing is known but `step`.
  Shape OPAQUE = new Opaque();

  record Opaque() implements Shape {}

  /// A cell holds one value. Every call observes it, replaces it, or does both at once.
  record Cell(Value initial, Function<Call, Cell.Access> interpret) implements Shape {

    public sealed interface Access {}

    /// Allowed only while the cell holds `value`; leaves it.
    public record Read(Value value) implements Cell.Access {}

    /// Always allowed; the cell then holds `value`.
    public record Write(Value value) implements Cell.Access {}

    /// Allowed only while the cell holds `from`; it then holds `to`.
    public record Swap(Value from, Value to) implements Cell.Access {}

    /// Always allowed, leaves the cell as it is.
    public record Nothing() implements Cell.Access {}

    /// Does something a cell does not.
    public record Other() implements Cell.Access {}
  }

  /// A first-in first-out queue, or a stack: elements go in at one end and come out in the order
  /// that [#order] says.
  record Sequence(Order order, Function<Call, Sequence.Access> interpret) implements Shape {
    public enum Order {
      FIRST_IN_FIRST_OUT,
      LAST_IN_FIRST_OUT
    }

    public sealed interface Access {}

    /// Puts `value` in.
    public record Insert(Value value) implements Sequence.Access {}

    /// Took `value` out.
    public record Remove(Value value) implements Sequence.Access {}

    /// Saw that nothing was in.
    public record Empty() implements Sequence.Access {}

    /// Would take one out if there is one; what it took is not known.
    public record RemoveUnseen() implements Sequence.Access {}

    public record Other() implements Sequence.Access {}
  }

  /// A set that only grows, and is read as a whole.
  record GrowOnlySet(Function<Call, GrowOnlySet.Access> interpret) implements Shape {
    public sealed interface Access {}

    public record Add(Value value) implements GrowOnlySet.Access {}

    /// Allowed only while `value` is not in; then it is.
    public record AddNew(Value value) implements GrowOnlySet.Access {}

    public record ReadAll(java.util.Set<Value> values) implements GrowOnlySet.Access {}

    public record Other() implements GrowOnlySet.Access {}
  }

  /// A sum that starts at zero.
  record Counter(Function<Call, Counter.Access> interpret) implements Shape {
    public sealed interface Access {}

    public record Add(long delta) implements Counter.Access {}

    public record Read(long total) implements Counter.Access {}

    public record Other() implements Counter.Access {}
  }

  /// Lists that only grow, by key. A call is a transaction: steps that take effect together.
  record AppendOnlyLists(Function<Call, List<Step>> interpret) implements Shape {
    public sealed interface Step {}

    public record Append(Value list, Value value) implements Step {}

    public record ReadAll(Value list, List<Value> values) implements Step {}

    public record Other() implements Step {}
  }

  /// A source of values that never gives out one twice.
  record Distinct(Function<Call, Value> interpret) implements Shape {}
}
