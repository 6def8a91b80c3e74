package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A lock whose every acquisition is answered with a larger fencing token than all before, so that
/// what it protects can turn late owners away. Tokens are whole numbers from 0 up. The argument
/// names the owner; only the owner can release. It starts free.
///
/// An acquisition whose answer was lost took some larger token. The state keeps the smallest that
/// it can have been, as whatever is allowed after a larger one is allowed after that.
record FencedMutex() implements Model<FencedMutex.State> {

  /// @param isHeld whether somebody holds it
  /// @param owner who holds it, nil if nobody does
  /// @param token the last token given out is at least this; -1 if none was
  record State(boolean isHeld, Value owner, long token) {
    @Override
    public String toString() {
      String last = token < 0 ? "no token yet" : "last token " + token;
      return (isHeld ? "held by " + owner : "free") + ", " + last;
    }
  }

  @Override
  public String name() {
    return "fenced-mutex";
  }

  @Override
  public Set<String> functions() {
    return Set.of("acquire", "release");
  }

  @Override
  public State initial() {
    return new State(false, Value.nil(), -1);
  }

  @Override
  public List<State> step(State state, Call call) {
    Value owner = Arguments.present(call, "the owner");
    return switch (call.function()) {
      case "acquire" -> acquire(state, owner, call);
      case "release" ->
          state.isHeld() && state.owner().equals(owner)
              ? List.of(new State(false, Value.nil(), state.token()))
              : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static List<State> acquire(State state, Value owner, Call call) {
    long token = call.isAnswered() ? token(call) : state.token() + 1;
    return state.isHeld() || token <= state.token()
        ? List.of()
        : List.of(new State(true, owner, token));
  }

  private static long token(Call call) {
    return Arguments.wholeOutput(call, "a fencing token, a whole number");
  }

  /// Tokens only grow.
  @Override
  public boolean mayLeadTo(State state, Call call) {
    return !call.function().equals("acquire") || !call.isAnswered() || token(call) > state.token();
  }
}
