package dev.labrys.raft.node;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How a node is to run.
///
/// @param initial the cluster as it begins; [Configuration#NONE] for a node that joins one
/// @param peers where this node reaches others
record NodeOptions(
    Identity identity,
    Path data,
    Configuration initial,
    Map<ServerId, HostPort> peers,
    Listen listen,
    RaftOptions raft,
    Admin admin,
    Limits limits) {

  /// Largest bytes that are reserved for everything in a frame but commands.
  private static final int FRAME_SLACK = 1 << 16;

  private static final int ENTRY_SLACK = 64;

  NodeOptions {
    peers = Map.copyOf(peers);
  }

  /// Where it can be reached.
  ///
  /// @param advertisedClient what others tell clients, if not where it listens
  record Listen(
      HostPort peer,
      HostPort client,
      HostPort http,
      Optional<HostPort> advertisedClient,
      Optional<HostPort> advertisedHttp) {

    /// Any free ports that only this machine reaches.
    static final Listen LOOPBACK =
        new Listen(
            new HostPort("127.0.0.1", 0),
            new HostPort("127.0.0.1", 0),
            new HostPort("127.0.0.1", 0),
            Optional.empty(),
            Optional.empty());
  }

  /// Whose requests to change the cluster or to stop are obeyed.
  enum Admin {
    LOOPBACK,
    ANY,
    NONE
  }

  /// How much a node takes upon itself.
  ///
  /// @param commandBytes of the largest command or query
  /// @param requests that may wait for their replies
  /// @param clients connections of clients
  /// @param handshakeNanos for a connection to say who it is
  /// @param idleNanos for a client that is silent and waits for nothing
  /// @param requestNanos for a request that names no deadline, and at most
  record Limits(
      int commandBytes,
      int requests,
      int clients,
      long handshakeNanos,
      long idleNanos,
      long requestNanos) {
    private static final long SECOND = 1_000_000_000;

    static final Limits DEFAULTS =
        new Limits(1 << 20, 10_000, 4_096, 5 * SECOND, 600 * SECOND, 10 * SECOND);
  }

  String cluster() {
    return identity.cluster();
  }

  ServerId node() {
    return identity.server();
  }

  /// Bytes of the largest frame that goes to another server.
  int mostPeerPayload() {
    long most =
        (long) FRAME_SLACK
            + raft.batchBytes()
            + limits.commandBytes()
            + raft.snapshotChunkBytes()
            + (long) ENTRY_SLACK * raft.batchEntries();
    return (int) Math.min(most, 1 << 30);
  }

  /// Bytes of the largest frame that comes from a client.
  int mostClientPayload() {
    return limits.commandBytes() + FRAME_SLACK;
  }
}
