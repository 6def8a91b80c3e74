package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Input;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import java.util.List;

/// What a node can be asked from outside.
sealed interface Ask {

  /// To have the state machine execute something.
  record Command(Bytes command) implements Ask {}

  /// To have the state machine tell something.
  record Query(Bytes query) implements Ask {}

  /// To let the cluster be these servers.
  record Membership(List<ServerId> voters, List<ServerId> learners) implements Ask {}

  /// To let another server lead.
  record Transfer(ServerId target) implements Ask {}

  /// This as the server is told it.
  default Input toInput(RequestId request) {
    return switch (this) {
      case Command(Bytes command) -> new Input.Proposed(request, command);
      case Query(Bytes query) -> new Input.ReadRequested(request, query);
      case Membership(List<ServerId> voters, List<ServerId> learners) ->
          new Input.MembershipRequested(request, voters, learners);
      case Transfer(ServerId target) -> new Input.TransferRequested(request, target);
    };
  }

  /// Whether it takes effect at most while somebody waits for its answer.
  default boolean isHarmless() {
    return this instanceof Query;
  }

  /// The bytes that have to be kept for it.
  default int bytes() {
    return switch (this) {
      case Command(Bytes command) -> command.length();
      case Query(Bytes query) -> query.length();
      case Membership _, Transfer _ -> 0;
    };
  }
}
