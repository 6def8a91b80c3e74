package dev.labrys.cluster;

import dev.labrys.history.Value;

/// What a client is asked to do: `function` on the object `key`, which is to be as `model` says,
/// with the argument `input`.
///
/// @param model the name of a model of the checker, such as `cas-register`: it says what functions
///   there are, and what their arguments and answers look like
/// @param key [Value#nil()] where there is only one object
/// @param input [Value#nil()] where there is no argument
public record Action(String model, String function, Value key, Value input) {
  public Action {
    if (model.isBlank() || function.isBlank()) {
      throw new IllegalArgumentException("an action needs a model and a function");
    }
  }
}
