package dev.labrys.raft;

import java.util.List;

/// What a server can be told.
public sealed interface Input {

  /// The server runs from now on: the first input, given once.
  record Started() implements Input {}

  /// It is the time last given by [Effect.SetTimer], or later. Given too early, it does nothing.
  record TimerFired() implements Input {}

  /// A message has come in. It may be late, twice, or out of order; it is not forged.
  record Received(ServerId from, Message message) implements Input {}

  /// `write` has been performed: it would survive the loss of power. Told in the order in which the
  /// writes were given.
  record Persisted(Effect.Persist write) implements Input {}

  /// A client wants `command` executed.
  record Proposed(RequestId request, Bytes command) implements Input {}

  /// A client wants `query` answered, which changes nothing.
  record ReadRequested(RequestId request, Bytes query) implements Input {}

  /// Somebody wants the cluster to be these servers.
  record MembershipRequested(RequestId request, List<ServerId> voters, List<ServerId> learners)
      implements Input {
    public MembershipRequested {
      voters = List.copyOf(voters);
      learners = List.copyOf(learners);
    }
  }

  /// Somebody wants `target` to lead.
  record TransferRequested(RequestId request, ServerId target) implements Input {}

  /// The state machine has given an account of itself after entry `index`: the answer to
  /// [Effect.TakeSnapshot], or of its own accord. It is ignored if it is older than the one there
  /// is.
  record SnapshotTaken(long index, Bytes state) implements Input {}

  /// Several things that happened by now, in this order. What they make necessary is the same as if
  /// they were told one by one, but what a leader has to send because of them goes out together: in
  /// fewer messages.
  record Together(List<Input> inputs) implements Input {
    public Together {
      inputs = List.copyOf(inputs);
    }
  }
}
