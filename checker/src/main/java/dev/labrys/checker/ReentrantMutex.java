package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A lock that its owner may acquire again, and must release as often. The argument of both names
/// the owner, as the same client may appear as several processes. It starts free.
record ReentrantMutex() implements Model<ReentrantMutex.State> {

  /// @param owner who holds it, nil if nobody does
  /// @param holds how often
  record State(Value owner, int holds) {
    private static final State FREE = new State(Value.nil(), 0);

    @Override
    public String toString() {
      return holds == 0 ? "free" : "held " + holds + " times by " + owner;
    }
  }

  @Override
  public String name() {
    return "reentrant-mutex";
  }

  @Override
  public Set<String> functions() {
    return Set.of("acquire", "release");
  }

  @Override
  public State initial() {
    return State.FREE;
  }

  @Override
  public List<State> step(State state, Call call) {
    Value owner = Arguments.present(call, "the owner");
    boolean isOwner = state.owner().equals(owner);
    return switch (call.function()) {
      case "acquire" ->
          isOwner || state.holds() == 0 ? List.of(new State(owner, state.holds() + 1)) : List.of();
      case "release" -> isOwner ? List.of(released(state)) : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static State released(State state) {
    return state.holds() == 1 ? State.FREE : new State(state.owner(), state.holds() - 1);
  }
}
