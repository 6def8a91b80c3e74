package dev.labrys.checker.example;

import dev.labrys.checker.Call;
import dev.labrys.checker.Model;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A cache may forget what it holds at any time, but never answers anything older.
record ForgetfulCache() implements Model<Value> {
  @Override
  public String name() {
    return "forgetful-cache";
  }

  @Override
  public Set<String> functions() {
    return Set.of("get", "put");
  }

  @Override
  public Value initial() {
    return Value.nil();
  }

  @Override
  public List<Value> step(Value held, Call call) {
    if (call.function().equals("put")) {
      return List.of(call.input());
    }
    List<Value> after = new ArrayList<>();
    if (call.mayReturn(held)) {
      after.add(held);
    }
    if (call.mayReturn(Value.nil())) {
      after.add(Value.nil());
    }
    return after;
  }
}
