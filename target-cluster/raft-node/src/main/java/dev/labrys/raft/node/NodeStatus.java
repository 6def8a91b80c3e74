package dev.labrys.raft.node;

import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.Map;
import java.util.TreeMap;

/// What can be seen of a node from outside.
///
/// @param snapshot the last entry that a snapshot has replaced
/// @param timerNanos what the clock shows that its timers go by, which only counts
/// @param requests that wait for their replies
/// @param backlog effects that wait for the disk
/// @param clients connections on the client port
/// @param leader where clients find the leader, as far as it is known
record NodeStatus(
    Status server,
    LogPosition snapshot,
    long timerNanos,
    int requests,
    int backlog,
    int clients,
    PeerPort.Whereabouts leader,
    Map<ServerId, Link> links) {

  /// The way to a peer.
  record Link(HostPort address, boolean isUp, long dropped) {}

  static Map<ServerId, Link> links(PeerLinks links) {
    Map<ServerId, Link> each = new TreeMap<>();
    links
        .all()
        .forEach((id, link) -> each.put(id, new Link(link.address(), link.isUp(), link.dropped())));
    return each;
  }
}
