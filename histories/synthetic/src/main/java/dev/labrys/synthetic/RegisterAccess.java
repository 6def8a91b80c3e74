package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the operations of a history do to one register.
///
/// @param writes every write that may have happened, in order of the calls
/// @param reads what successful operations saw, before they wrote there themselves
record RegisterAccess(List<Write> writes, List<Read> reads) {

  /// @param value what the register holds from then on, until the next write
  record Write(Operation operation, Value value) {}

  /// @param step which step of its transaction it is, [#WHOLE] for an operation that only reads
  record Read(Operation operation, int step) {
    /// The operation, seeing `value` instead.
    Operation seeing(Value value) {
      if (step == WHOLE) {
        return Damage.answering(operation, value);
      }
      List<Value> steps = new ArrayList<>(((Value.Sequence) operation.output()).items());
      Value.Sequence old = (Value.Sequence) steps.get(step);
      steps.set(step, Value.sequence(old.item(0), old.item(1), value));
      return Damage.answering(operation, new Value.Sequence(steps));
    }
  }

  static final int WHOLE = -1;

  private static final Value READ = Value.keyword("r");

  private RegisterAccess() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /// The accesses by register.
  static List<RegisterAccess> of(List<Operation> operations) {
    Map<Value, RegisterAccess> byRegister = new LinkedHashMap<>();
    for (Operation operation : operations) {
      if (operation.function().equals("txn")) {
        addTransaction(byRegister, operation);
      } else {
        byRegister.computeIfAbsent(Value.nil(), key -> new RegisterAccess()).add(operation);
      }
    }
    return List.copyOf(byRegister.values());
  }

  private void add(Operation operation) {
    switch (operation.function()) {
      case "read" -> {
        if (operation.isOk()) {
          reads.add(new Read(operation, WHOLE));
        }
      }
      case "cas" -> addWrite(operation, ((Value.Sequence) operation.input()).item(1));
      case "delete" -> addWrite(operation, Value.nil());
      default -> addWrite(operation, operation.input());
    }
  }

  private void addWrite(Operation operation, Value value) {
    if (operation.mayHaveHappened()) {
      writes.add(new Write(operation, value));
    }
  }

  private static void addTransaction(Map<Value, RegisterAccess> byRegister, Operation operation) {
    Set<Value> written = new HashSet<>();
    List<Value> steps = ((Value.Sequence) operation.input()).items();
    for (int i = 0; i < steps.size(); i++) {
      Value.Sequence step = (Value.Sequence) steps.get(i);
      RegisterAccess access = byRegister.computeIfAbsent(step.item(1), key -> new RegisterAccess());
      if (!step.item(0).equals(READ)) {
        access.addWrite(operation, step.item(2));
        written.add(step.item(1));
      } else if (operation.isOk() && !written.contains(step.item(1))) {
        access.reads.add(new Read(operation, i));
      }
    }
  }
}
