package dev.labrys.raft.calls;

import dev.labrys.cluster.Action;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Step;
import java.util.function.Function;

/// Something that is asked of the store, as the store gets it and as a history tells it.
///
/// @param function as a history has it, as are `key` and `input`
/// @param step what the store is asked
/// @param outcome what its answer means
public record StoreCall(
    String function, Value key, Value input, Step step, Function<Answer, Outcome> outcome) {

  /// How `action` is asked of the store. Objects of different models never meet, whatever their
  /// keys.
  ///
  /// @throws UnsupportedOperationException if the store has nothing like it
  /// @throws IllegalArgumentException if its arguments are not as the model wants them
  public static StoreCall of(Action action) {
    Asking asking = Asking.of(action);
    return new StoreCall(
        action.function(),
        action.key(),
        action.input(),
        asking.step(),
        answer -> asking.outcome(answer));
  }
}
