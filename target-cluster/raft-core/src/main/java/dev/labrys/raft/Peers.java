package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// How far each other member of the cluster is, in the order of their names.
final class Peers {
  private final ServerId self;
  private List<Progress> all = List.of();

  Peers(ServerId self) {
    this.self = self;
  }

  /// Follows a change of the cluster. Who is new starts at `nextIndex`, with the message
  /// `firstRound`.
  void follow(Configuration configuration, long nextIndex, long firstRound, long nowNanos) {
    List<Progress> members = new ArrayList<>();
    for (ServerId member : configuration.members()) {
      if (!member.equals(self)) {
        Progress known = find(member);
        members.add(known != null ? known : new Progress(member, nextIndex, firstRound, nowNanos));
      }
    }
    all = List.copyOf(members);
  }

  List<Progress> all() {
    return all;
  }

  @Nullable Progress find(ServerId peer) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).peer.equals(peer)) {
        return all.get(i);
      }
    }
    return null;
  }

  /// The number of each member: its own for this server, that of its progress for any other.
  ToLongFunction<ServerId> numbers(long own, ToLongFunction<Progress> ofPeer) {
    return member -> {
      if (member.equals(self)) {
        return own;
      }
      Progress progress = find(member);
      return progress == null ? Long.MIN_VALUE : ofPeer.applyAsLong(progress);
    };
  }
}
