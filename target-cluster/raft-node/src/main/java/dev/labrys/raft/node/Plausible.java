package dev.labrys.raft.node;

import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.Status;

/// Whether a message could have been sent by a server that follows the protocol.
///
/// The Raft trusts its peers, as it must. But whoever reaches the port of peers can write bytes
/// that are a message and make no sense, and these must not end a server that works.
final class Plausible {
  private Plausible() {}

  /// Complains about `message` if no server would send it to one that is as `self`.
  static void check(Message message, Status self) throws FrameException {
    switch (message) {
      case Message.AppendEntries append -> check(append);
      case Message.InstallSnapshot piece -> check(piece);
      case Message.AppendAccepted(long term, long _, long matchIndex) ->
          require(
              term != self.term()
                  || self.role() != Status.RoleName.LEADER
                  || matchIndex <= self.last().index(),
              "it has entries that its leader has not");
      case Message.RequestVote _,
          Message.VoteReply _,
          Message.AppendRejected _,
          Message.SnapshotReply _,
          Message.TimeoutNow _,
          Message.ReadIndex _,
          Message.ReadIndexReply _ -> {}
    }
  }

  private static void check(Message.AppendEntries append) throws FrameException {
    LogPosition previous = append.previous();
    for (Entry entry : append.entries()) {
      require(
          entry.index() == previous.index() + 1 && entry.term() >= previous.term(),
          "its entries don't follow each other");
      previous = entry.position();
    }
    require(previous.term() <= append.term(), "its entries are of a later term than itself");
  }

  private static void check(Message.InstallSnapshot piece) throws FrameException {
    require(
        piece.last().index() > 0 && piece.last().term() <= piece.term(),
        "its snapshot is of a later term than itself, or of nothing");
    require(
        (long) piece.offset() + piece.chunk().length() <= piece.size(),
        "a piece of its snapshot lies outside of it");
  }

  private static void require(boolean isSo, String complaint) throws FrameException {
    if (!isSo) {
      throw new FrameException("a message that makes no sense: " + complaint);
    }
  }
}
