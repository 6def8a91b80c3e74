package dev.labrys.raft;

import dev.labrys.raft.Input.MembershipRequested;
import dev.labrys.raft.Response.Done;
import dev.labrys.raft.Response.Refusal;
import java.util.List;
import java.util.TreeSet;

/// A leader's way from one cluster to the next: first both must agree, then the new one alone (§6).
///
/// A leader that finds the first half in its log – begun by another – goes on to the second.
final class MembershipChange {
  private final Server server;
  private RequestId request = RequestId.NOBODY;

  MembershipChange(Server server) {
    this.server = server;
  }

  /// Begins what `wanted` asks for, or says why not.
  void begin(MembershipRequested wanted) {
    Configuration now = server.memberships.current();
    if (!server.knowsCommitted()) {
      refuse(wanted, Refusal.NOT_READY);
    } else if (!isDone()) {
      refuse(wanted, Refusal.CHANGE_UNDER_WAY);
    } else if (!isPossible(wanted)) {
      refuse(wanted, Refusal.IMPOSSIBLE);
    } else {
      Configuration target = new Configuration(wanted.voters(), List.of(), wanted.learners());
      if (target.equals(now)) {
        server.outbox.add(new Effect.Answer(wanted.request(), new Done()));
        return;
      }
      request = wanted.request();
      boolean isOneStep = target.voters().equals(now.voters());
      server.append(
          new Content.Membership(
              isOneStep
                  ? target
                  : new Configuration(target.voters(), now.voters(), target.learners())));
    }
  }

  private static boolean isPossible(MembershipRequested wanted) {
    TreeSet<ServerId> both = new TreeSet<>(wanted.voters());
    both.retainAll(wanted.learners());
    return !wanted.voters().isEmpty()
        && both.isEmpty()
        && !wanted.voters().contains(ServerId.NOBODY)
        && !wanted.learners().contains(ServerId.NOBODY);
  }

  private void refuse(MembershipRequested wanted, Refusal refusal) {
    server.outbox.refuse(wanted.request(), refusal, server.id);
  }

  /// Whether the cluster in force is committed, and final.
  boolean isDone() {
    return server.memberships.currentIndex() <= server.commitIndex()
        && !server.memberships.current().isJoint();
  }

  /// Takes the next step if what is committed allows it.
  ///
  /// @return whether there is a new cluster in force
  boolean onCommit() {
    Configuration now = server.memberships.current();
    if (server.memberships.currentIndex() > server.commitIndex()) {
      return false;
    }
    if (now.isJoint()) {
      server.append(new Content.Membership(now.afterChange()));
      return true;
    }
    if (!request.equals(RequestId.NOBODY)) {
      server.outbox.add(new Effect.Answer(request, new Done()));
      request = RequestId.NOBODY;
    }
    return false;
  }

  /// Tells whoever wanted the change that nobody can say what becomes of it.
  void abandon() {
    if (!request.equals(RequestId.NOBODY)) {
      server.outbox.refuse(request, Refusal.LEADERSHIP_LOST, server.leader());
      request = RequestId.NOBODY;
    }
  }
}
