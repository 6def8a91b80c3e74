package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the words of each [Shape] mean, as plainly as can be: an object that goes through the same
/// calls as the model.
interface ShapeReference {

  /// The calls that the shape has words for, and what becomes of them.
  enum Reaction {
    ALLOWED,
    REFUSED,
    NOT_COVERED
  }

  /// Takes `call` if that is allowed.
  Reaction take(Call call);

  static Optional<ShapeReference> of(Shape shape) {
    return switch (shape) {
      case Shape.Opaque opaque -> Optional.empty();
      case Shape.Cell cell -> Optional.of(new CellReference(cell));
      case Shape.Sequence sequence -> Optional.of(new SequenceReference(sequence));
      case Shape.GrowOnlySet set -> Optional.of(new SetReference(set));
      case Shape.Counter counter -> Optional.of(new CounterReference(counter));
      case Shape.AppendOnlyLists lists -> Optional.of(new ListsReference(lists));
      case Shape.Distinct distinct -> Optional.of(new DistinctReference(distinct));
    };
  }

  private static Reaction onlyIf(boolean isAllowed) {
    return isAllowed ? Reaction.ALLOWED : Reaction.REFUSED;
  }

  final class CellReference implements ShapeReference {
    private final Shape.Cell shape;
    private Value held;

    private CellReference(Shape.Cell shape) {
      this.shape = shape;
      this.held = shape.initial();
    }

    @Override
    public Reaction take(Call call) {
      return switch (shape.interpret().apply(call)) {
        case Shape.Cell.Read(Value value) -> onlyIf(held.equals(value));
        case Shape.Cell.Write(Value value) -> hold(value);
        case Shape.Cell.Swap(Value from, Value to) ->
            held.equals(from) ? hold(to) : Reaction.REFUSED;
        case Shape.Cell.Nothing nothing -> Reaction.ALLOWED;
        case Shape.Cell.Other other -> Reaction.NOT_COVERED;
      };
    }

    private Reaction hold(Value value) {
      held = value;
      return Reaction.ALLOWED;
    }
  }

  final class SequenceReference implements ShapeReference {
    private final Shape.Sequence shape;
    private final List<Value> elements = new ArrayList<>();

    private SequenceReference(Shape.Sequence shape) {
      this.shape = shape;
    }

    @Override
    public Reaction take(Call call) {
      return switch (shape.interpret().apply(call)) {
        case Shape.Sequence.Insert(Value value) -> onlyIf(elements.add(value));
        case Shape.Sequence.Remove(Value value) -> remove(value);
        case Shape.Sequence.Empty empty -> onlyIf(elements.isEmpty());
        case Shape.Sequence.RemoveUnseen unseen ->
            elements.isEmpty() ? Reaction.ALLOWED : remove(elements.get(next()));
        case Shape.Sequence.Other other -> Reaction.NOT_COVERED;
      };
    }

    private int next() {
      return switch (shape.order()) {
        case FIRST_IN_FIRST_OUT -> 0;
        case LAST_IN_FIRST_OUT -> elements.size() - 1;
      };
    }

    private Reaction remove(Value value) {
      if (elements.isEmpty() || !elements.get(next()).equals(value)) {
        return Reaction.REFUSED;
      }
      elements.remove(next());
      return Reaction.ALLOWED;
    }
  }

  final class SetReference implements ShapeReference {
    private final Shape.GrowOnlySet shape;
    private final Set<Value> elements = new HashSet<>();

    private SetReference(Shape.GrowOnlySet shape) {
      this.shape = shape;
    }

    @Override
    public Reaction take(Call call) {
      return switch (shape.interpret().apply(call)) {
        case Shape.GrowOnlySet.Add(Value value) -> {
          elements.add(value);
          yield Reaction.ALLOWED;
        }
        case Shape.GrowOnlySet.AddNew(Value value) -> onlyIf(elements.add(value));
        case Shape.GrowOnlySet.ReadAll(Set<Value> values) -> onlyIf(elements.equals(values));
        case Shape.GrowOnlySet.Other other -> Reaction.NOT_COVERED;
      };
    }
  }

  final class CounterReference implements ShapeReference {
    private final Shape.Counter shape;
    private long total;

    private CounterReference(Shape.Counter shape) {
      this.shape = shape;
    }

    @Override
    public Reaction take(Call call) {
      return switch (shape.interpret().apply(call)) {
        case Shape.Counter.Add(long delta) -> {
          total += delta;
          yield Reaction.ALLOWED;
        }
        case Shape.Counter.Read(long seen) -> onlyIf(total == seen);
        case Shape.Counter.Other other -> Reaction.NOT_COVERED;
      };
    }
  }

  final class ListsReference implements ShapeReference {
    private final Shape.AppendOnlyLists shape;
    private Map<Value, List<Value>> lists = new HashMap<>();

    private ListsReference(Shape.AppendOnlyLists shape) {
      this.shape = shape;
    }

    @Override
    public Reaction take(Call call) {
      Map<Value, List<Value>> after = new HashMap<>(lists);
      for (Shape.AppendOnlyLists.Step step : shape.interpret().apply(call)) {
        switch (step) {
          case Shape.AppendOnlyLists.Append(Value list, Value value) -> {
            List<Value> longer = new ArrayList<>(after.getOrDefault(list, List.of()));
            longer.add(value);
            after.put(list, longer);
          }
          case Shape.AppendOnlyLists.ReadAll(Value list, List<Value> values) -> {
            if (!after.getOrDefault(list, List.of()).equals(values)) {
              return Reaction.REFUSED;
            }
          }
          case Shape.AppendOnlyLists.Other other -> {
            return Reaction.NOT_COVERED;
          }
        }
      }
      lists = after;
      return Reaction.ALLOWED;
    }
  }

  final class DistinctReference implements ShapeReference {
    private final Shape.Distinct shape;
    private final Set<Value> given = new HashSet<>();

    private DistinctReference(Shape.Distinct shape) {
      this.shape = shape;
    }

    @Override
    public Reaction take(Call call) {
      Value value = shape.interpret().apply(call);
      return onlyIf(value.isNil() || given.add(value));
    }
  }
}
