package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A cell in its plainest form, which holds some value at the start.
record CellFrom(Model<?> model, Shape.Cell cell, Value initial) implements Model<Value> {
  @Override
  public String name() {
    return model.name() + " starting from " + initial;
  }

  @Override
  public Set<String> functions() {
    return model.functions();
  }

  @Override
  public List<Value> step(Value state, Call call) {
    return switch (cell.interpret().apply(call)) {
      case Shape.Cell.Read(Value value) -> state.equals(value) ? List.of(state) : List.of();
      case Shape.Cell.Write(Value value) -> List.of(value);
      case Shape.Cell.Swap(Value from, Value to) -> state.equals(from) ? List.of(to) : List.of();
      case Shape.Cell.Nothing nothing -> List.of(state);
      case Shape.Cell.Other other -> throw new IllegalArgumentException("not of a cell: " + call);
    };
  }

  @Override
  public boolean isKeyed() {
    return model.isKeyed();
  }
}
