package dev.labrys.cluster.sim;

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
    String function, Value key, Value input, Step step, Function<Answer, Outcome> outcome) {}
