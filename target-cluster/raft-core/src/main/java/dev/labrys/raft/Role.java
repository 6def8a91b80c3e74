package dev.labrys.raft;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Input.MembershipRequested;
import dev.labrys.raft.Input.Proposed;
import dev.labrys.raft.Input.ReadRequested;
import dev.labrys.raft.Input.TransferRequested;
import dev.labrys.raft.RaftOptions.Reads;
import dev.labrys.raft.Response.Refusal;
import dev.labrys.raft.Status.RoleName;

/// What a server is in its term, and how it behaves as such. Whatever happens to a role, it answers
/// with the role that the server has from then on.
///
/// Messages come here only in the server's own term, except for the answers to a pre-vote, which
/// belong to none. Requests for a vote do not come here: [Voter] answers them for every role.
sealed interface Role permits Follower, PreCandidate, Candidate, Leader {

  Server server();

  RoleName name();

  /// When [#onTimer] is wanted.
  long deadline();

  /// It is some time. There may be nothing to do yet.
  Role onTimer();

  Role onMessage(ServerId from, Message message);

  /// `write` would survive the loss of power.
  default Role onPersisted(Persist write) {
    return this;
  }

  default void onProposed(Proposed request) {
    server().outbox.refuse(request.request(), Refusal.NOT_LEADER, server().leader());
  }

  default void onRead(ReadRequested request) {
    if (server().options.reads() == Reads.LOCAL) {
      server().outbox.add(new Effect.Query(request.request(), request.query()));
    } else {
      server().outbox.refuse(request.request(), Refusal.NOT_LEADER, server().leader());
    }
  }

  default void onMembership(MembershipRequested request) {
    server().outbox.refuse(request.request(), Refusal.NOT_LEADER, server().leader());
  }

  default void onTransfer(TransferRequested request) {
    server().outbox.refuse(request.request(), Refusal.NOT_LEADER, server().leader());
  }

  /// All that a step told the server has been dealt with.
  default void finish() {}

  /// Gives the role up because of what `from` said. Whoever waits for it is told.
  default void resign(ServerId from) {}
}
