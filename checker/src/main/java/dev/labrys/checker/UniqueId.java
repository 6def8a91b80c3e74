package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A source of values that never gives out one twice.
///
/// An answer that was lost may have been an id that nobody else ever saw, so it rules out nothing.
record UniqueId() implements Model<ValueMap<Boolean>> {
  @Override
  public String name() {
    return "unique-id";
  }

  @Override
  public Set<String> functions() {
    return Set.of("generate");
  }

  @Override
  public ValueMap<Boolean> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Boolean>> step(ValueMap<Boolean> state, Call call) {
    if (!call.function().equals("generate")) {
      throw Arguments.unknownFunction(this, call);
    }
    if (!call.isAnswered()) {
      return List.of(state);
    }
    Value id = id(call);
    return state.contains(id) ? List.of() : List.of(state.with(id, true));
  }

  private static Value id(Call call) {
    if (call.isAnswered() && call.output().isNil()) {
      throw Arguments.badOutput(call, "an id", call.output());
    }
    return call.output();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return !call.isAnswered();
  }

  /// What was given out stays given out.
  @Override
  public boolean mayLeadTo(ValueMap<Boolean> state, Call call) {
    return !call.isAnswered() || !state.contains(id(call));
  }

  /// An answer that nobody saw is interpreted as nil.
  @Override
  public Shape shape() {
    return new Shape.Distinct(UniqueId::id);
  }

  @Override
  public String describe(ValueMap<Boolean> state) {
    return "given out " + state.sorted().keySet();
  }
}
