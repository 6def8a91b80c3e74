package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// An object that is asked one thing at a time, and what its clients like to ask it.
interface SequentialObject {

  /// A question, or an order, of a client.
  record Request(int client, String function, Value input) {
    Request(int client, String function) {
      this(client, function, Value.nil());
    }
  }

  /// What `client` asks next. May look at the state: clients that guess well make histories in
  /// which more happens.
  Request choose(int client, Chooser chooser);

  /// Whether `request` can be served now, or has to wait for others.
  default boolean isReady(Request request) {
    return true;
  }

  /// Serves `request`: changes the state and answers, or fails and leaves the state as it is.
  Outcome apply(Request request, Chooser chooser);

  /// Whether `client` has to come back to this object before it turns to another.
  default boolean isHeldBy(int client) {
    return false;
  }
}
