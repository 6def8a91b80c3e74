package dev.labrys.cluster.sim;

import org.jspecify.annotations.Nullable;

/// One direction between a server and all clients.
final class ClientWay {

  /// Whom it leads to.
  enum To {
    SERVER,
    CLIENTS
  }

  boolean isCut;

  /// What becomes of messages, unless as with others.
  @Nullable Courier courier;
}
