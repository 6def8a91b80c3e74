package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Several registers, read and written by transactions that take effect as one.
final class RegisterTransactionObject implements SequentialObject {
  private static final int MOST_STEPS = 3;
  private static final Value WRITE = Value.keyword("w");
  private static final Value READ = Value.keyword("r");

  private final int registers;
  private final Map<Value, Value> held = new HashMap<>();

  RegisterTransactionObject(int registers) {
    this.registers = registers;
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    Value[] steps = new Value[1 + chooser.dice().below(MOST_STEPS)];
    for (int i = 0; i < steps.length; i++) {
      Value register = Value.of(chooser.dice().below(registers));
      steps[i] =
          chooser.reads()
              ? Value.sequence(READ, register, Value.nil())
              : Value.sequence(WRITE, register, chooser.value());
    }
    return new Request(client, "txn", Value.sequence(steps));
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    List<Value> steps = ((Value.Sequence) request.input()).items();
    List<Value> answers = new ArrayList<>(steps.size());
    for (Value step : steps) {
      answers.add(applyStep((Value.Sequence) step));
    }
    return Outcome.ok(new Value.Sequence(answers));
  }

  private Value applyStep(Value.Sequence step) {
    if (step.item(0).equals(READ)) {
      Value now = held.getOrDefault(step.item(1), Value.nil());
      return Value.sequence(READ, step.item(1), now);
    }
    held.put(step.item(1), step.item(2));
    return step;
  }
}
