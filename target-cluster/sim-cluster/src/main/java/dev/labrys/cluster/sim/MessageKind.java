package dev.labrys.cluster.sim;

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
  CLIENT_REQUEST,
  CLIENT_REPLY;

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
