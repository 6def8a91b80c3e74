package dev.labrys.checker.example;

import dev.labrys.checker.Call;
import dev.labrys.checker.Model;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// [Consensus], which tells the searches what they need not try.
record HintedConsensus() implements Model<Value> {
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

  /// Who is told another value than the own one came second, and changed nothing.
  @Override
  public boolean isReadOnly(Call call) {
    return call.isAnswered() && !call.output().equals(call.input());
  }

  /// What is decided stays decided.
  @Override
  public boolean mayLeadTo(Value decided, Call call) {
    return decided.isNil() || call.mayReturn(decided);
  }
}
