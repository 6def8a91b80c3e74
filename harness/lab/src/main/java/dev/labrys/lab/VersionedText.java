package dev.labrys.lab;

import dev.labrys.checker.Call;
import dev.labrys.checker.Model;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// What a [VersionedStore] may answer. The course looks at texts only; here a wrong version is
/// wrong as well.
record VersionedText() implements Model<VersionedText.State> {

  /// What a key holds.
  record State(Value text, long version) {}

  @Override
  public String name() {
    return "versioned-text";
  }

  @Override
  public Set<String> functions() {
    return Set.of("get", "put");
  }

  @Override
  public State initial() {
    return new State(Value.of(""), 0);
  }

  /// `get` answers `[text version]`; `put` takes that, with the version that is to be replaced, and
  /// answers whether it was the right one.
  @Override
  public List<State> step(State state, Call call) {
    return switch (call.function()) {
      case "get" -> call.mayReturn(shown(state)) ? List.of(state) : List.of();
      case "put" -> put(state, call);
      default -> throw new IllegalArgumentException("a versioned text has no " + call.function());
    };
  }

  private static List<State> put(State state, Call call) {
    boolean isRight = version(call.input()) == state.version();
    if (!call.mayReturn(Value.of(isRight))) {
      return List.of();
    }
    return List.of(isRight ? new State(text(call.input()), state.version() + 1) : state);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("get") || call.output().equals(Value.of(false));
  }

  /// Versions only grow.
  @Override
  public boolean mayLeadTo(State state, Call call) {
    if (!call.isAnswered() || call.output().equals(Value.of(false))) {
      return true;
    }
    Value needed = call.function().equals("get") ? call.output() : call.input();
    boolean isThere = call.function().equals("put") || state.text().equals(text(needed));
    return state.version() < version(needed) || (state.version() == version(needed) && isThere);
  }

  static Value shown(State state) {
    return Value.sequence(state.text(), Value.of(state.version()));
  }

  private static Value text(Value shown) {
    return ((Value.Sequence) shown).item(0);
  }

  private static long version(Value shown) {
    return ((Value.Int) ((Value.Sequence) shown).item(1)).number();
  }
}
