package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// What a model sees of an operation: the question and, if known, the answer; not who or when.
///
/// Two operations with equal calls are interchangeable to every model.
public record Call(String function, Value input, Outcome outcome) {

  public static Call of(Operation operation) {
    return new Call(operation.function(), operation.input(), operation.outcome());
  }

  /// Whether the answer `output` agrees with what the client saw. A client that saw no answer
  /// agrees with any.
  public boolean mayReturn(Value output) {
    return !(outcome instanceof Outcome.Ok(Value seen)) || seen.equals(output);
  }

  /// Whether the client saw the answer.
  public boolean isAnswered() {
    return outcome instanceof Outcome.Ok;
  }

  /// The answer, nil where the client saw none.
  public Value output() {
    return outcome instanceof Outcome.Ok(Value seen) ? seen : Value.nil();
  }

  @Override
  public String toString() {
    String arguments = input.isNil() ? "" : input.toString();
    return function + "(" + arguments + ")" + (isAnswered() ? " → " + output() : " → ?");
  }
}
