package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads of something that nobody ever wrote.
final class PhantomDamage {
  private static final Value READ = Value.keyword("r");
  private static final int FIRST_PRINTABLE = '!';

  private PhantomDamage() {}

  static Optional<Damage.Change> phantomRead(
      ObjectKind kind, List<Operation> operations, Dice dice) {
    Value phantom =
        kind == ObjectKind.KV_STRING ? unusedCharacter(operations) : unusedNumber(operations);
    List<Operation> readers = Damage.succeeded(operations, "read", "get", "dequeue", "pop", "txn");
    return Damage.anywhere(readers, dice, reader -> phantomAt(reader, phantom));
  }

  private static Optional<Damage.Change> phantomAt(Operation reader, Value phantom) {
    Value seen = withPhantom(reader.output(), phantom, reader.function().equals("txn"));
    if (seen.equals(reader.output())) {
      return Optional.empty();
    }
    return Optional.of(
        new Damage.Change(
            Damage.answering(reader, seen),
            "phantom read: %s now sees %s, which nobody ever wrote"
                .formatted(Damage.name(reader), phantom)));
  }

  private static Value withPhantom(Value seen, Value phantom, boolean isTransaction) {
    return switch (seen) {
      case Value.Sequence(List<Value> items) when isTransaction ->
          new Value.Sequence(inFirstRead(items, phantom));
      case Value.Sequence(List<Value> items) -> {
        List<Value> more = new ArrayList<>(items);
        more.add(phantom);
        yield new Value.Sequence(more);
      }
      case Value.SetOf(Set<Value> items) -> {
        Set<Value> more = new LinkedHashSet<>(items);
        more.add(phantom);
        yield new Value.SetOf(more);
      }
      case Value.Text(String text) when phantom instanceof Value.Text(String mark) ->
          Value.of(text + mark);
      default -> phantom;
    };
  }

  private static List<Value> inFirstRead(List<Value> steps, Value phantom) {
    List<Value> changed = new ArrayList<>(steps);
    for (int i = 0; i < steps.size(); i++) {
      Value.Sequence step = (Value.Sequence) steps.get(i);
      if (step.item(0).equals(READ)) {
        Value seen = withPhantom(step.item(2), phantom, false);
        changed.set(i, Value.sequence(step.item(0), step.item(1), seen));
        break;
      }
    }
    return changed;
  }

  /// A number larger than all that clients sent.
  private static Value unusedNumber(List<Operation> operations) {
    long largest = 0;
    for (Operation operation : operations) {
      largest = Math.max(largest, largestIn(operation.input()));
    }
    return Value.of(Math.addExact(largest, 1));
  }

  private static long largestIn(Value value) {
    return switch (value) {
      case Value.Int(long number) -> number;
      case Value.Sequence(List<Value> items) ->
          items.stream().mapToLong(PhantomDamage::largestIn).max().orElse(0);
      case Value.MapOf(Map<Value, Value> entries) ->
          entries.values().stream().mapToLong(PhantomDamage::largestIn).max().orElse(0);
      default -> 0;
    };
  }

  /// A character that no client sent: no concatenation of what they sent contains it.
  private static Value unusedCharacter(List<Operation> operations) {
    Set<Integer> used = new LinkedHashSet<>();
    for (Operation operation : operations) {
      if (operation.input() instanceof Value.Text(String text)) {
        text.codePoints().forEach(used::add);
      }
    }
    int unused = FIRST_PRINTABLE;
    while (used.contains(unused)) {
      unused++;
    }
    return Value.of(Character.toString(unused));
  }
}
