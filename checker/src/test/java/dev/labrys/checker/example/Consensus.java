package dev.labrys.checker.example;

import dev.labrys.checker.Call;
import dev.labrys.checker.Model;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// The first proposal is decided, and everybody who proposes is told which one that was.
record Consensus() implements Model<Value> {
  @Override
  public String name() {
    return "consensus";
  }

  @Override
  public Set<String> functions() {
    return Set.of("propose");
  }

  @Override
  public Value initial() {
    return Value.nil();
  }

  @Override
  public List<Value> step(Value decided, Call call) {
    Value answer = decided.isNil() ? call.input() : decided;
    return call.mayReturn(answer) ? List.of(answer) : List.of();
  }
}
