package dev.labrys.cluster.sim;

import dev.labrys.raft.Message;

/// What a message on the network is.
public enum MessageKind {
  REQUEST_VOTE,
  VOTE_REPLY,
  APPEND_ENTRIES,
  APPEND_ACCEPTED,
  APPEND_REJECTED,
  INSTALL_SNAPSHOT,
  SNAPSHOT_REPLY,
  TIMEOUT_NOW,
  READ_INDEX,
  READ_INDEX_REPLY,
  /// What a client says to a server.
  CLIENT_REQUEST,
  /// What a server says to a client.
  CLIENT_REPLY;

  static MessageKind of(Message message) {
    return switch (message) {
      case Message.RequestVote _ -> REQUEST_VOTE;
      case Message.VoteReply _ -> VOTE_REPLY;
      case Message.AppendEntries _ -> APPEND_ENTRIES;
      case Message.AppendAccepted _ -> APPEND_ACCEPTED;
      case Message.AppendRejected _ -> APPEND_REJECTED;
      case Message.InstallSnapshot _ -> INSTALL_SNAPSHOT;
      case Message.SnapshotReply _ -> SNAPSHOT_REPLY;
      case Message.TimeoutNow _ -> TIMEOUT_NOW;
      case Message.ReadIndex _ -> READ_INDEX;
      case Message.ReadIndexReply _ -> READ_INDEX_REPLY;
    };
  }

  /// Whether it answers another message.
  public boolean isReply() {
    return switch (this) {
      case VOTE_REPLY,
          APPEND_ACCEPTED,
          APPEND_REJECTED,
          SNAPSHOT_REPLY,
          READ_INDEX_REPLY,
          CLIENT_REPLY ->
          true;
      case REQUEST_VOTE,
          APPEND_ENTRIES,
          INSTALL_SNAPSHOT,
          TIMEOUT_NOW,
          READ_INDEX,
          CLIENT_REQUEST ->
          false;
    };
  }

  /// Whether it goes from server to server.
  public boolean isBetweenServers() {
    return this != CLIENT_REQUEST && this != CLIENT_REPLY;
  }
}
