package dev.labrys.workload;

import dev.labrys.history.Event;
import dev.labrys.history.Value;

/// What a client is asked to do: `function` on `key` with the argument `input`.
///
/// @param key [Value#nil()] where there is only one object
/// @param input [Value#nil()] where there is no argument
public record Action(String function, Value key, Value input) {
  public Action {
    if (function.isBlank()) {
      throw new IllegalArgumentException("an action needs a function");
    }
  }

  /// The journal's line for `process` taking this action at `time`.
  public Event.Invoked invokedBy(int process, long time) {
    return new Event.Invoked(process, function, key, input, time);
  }
}
