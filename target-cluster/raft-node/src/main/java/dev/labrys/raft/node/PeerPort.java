package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Where other servers connect to this one, and what they say.
final class PeerPort implements Connection.Owner {

  /// Connections of one server: while it does not know whether an old one still works, it opens
  /// another.
  private static final int PER_PEER = 3;

  private static final int CONNECTIONS = 256;

  /// How long whoever is no peer may be silent. Servers ping more often, known here or not.
  private static final long IDLE = 30_000_000_000L;

  private final String cluster;
  private final ServerId self;
  private final int mostPayload;
  private final Shell shell;
  private final PeerLinks links;
  private final Entrance entrance;
  private final Map<ServerId, Whereabouts> whereabouts = new ConcurrentHashMap<>();

  /// Where a server says that its clients find it.
  record Whereabouts(String client, String http) {
    static final Whereabouts UNKNOWN = new Whereabouts("", "");
  }

  /// Somebody who says that it is the server `id`, which anybody can say.
  private record Peer(ServerId id, Predicate<ServerId> peers) implements Guest {
    @Override
    public boolean isKnown() {
      return true;
    }

    /// Peers may have nothing to say, and are not sent away for that; whoever else comes makes room
    /// for them.
    @Override
    public boolean isBusy() {
      return peers.test(id);
    }
  }

  /// @param links to the servers whose addresses are known, which are peers as members are
  PeerPort(
      NodeOptions options,
      BoundPort port,
      Reactor reactor,
      Shell shell,
      PeerLinks links,
      NodeLog log)
      throws IOException {
    this.cluster = options.cluster();
    this.self = options.node();
    this.mostPayload = options.mostPeerPayload();
    this.shell = shell;
    this.links = links;
    this.entrance =
        new Entrance(
            "peer",
            port,
            reactor,
            this,
            new Entrance.Limits(
                CONNECTIONS,
                options.limits().handshakeNanos(),
                IDLE,
                PeerFrame.HELLO_BYTES,
                Long.MAX_VALUE),
            log);
  }

  Entrance entrance() {
    return entrance;
  }

  /// Where clients find `server`, as it said itself when it last connected. For any thread.
  Whereabouts whereabouts(ServerId server) {
    return whereabouts.getOrDefault(server, Whereabouts.UNKNOWN);
  }

  @Override
  public void onFrame(Connection connection, int kind, WireReader body)
      throws FrameException, WireFormatException {
    if (connection.guest() instanceof Peer(ServerId from, _)) {
      onFrame(connection, from, kind, body);
    } else if (kind == PeerFrame.HELLO) {
      greet(connection, PeerFrame.Hello.read(body));
    } else {
      throw new FrameException("it says something before it says who it is");
    }
  }

  @Override
  public void onNonsense(Connection connection, String why) {
    entrance.refused(connection, why);
    connection.close(PeerFrame.REFUSED, new WireWriter(100).text(why).toBytes(), why);
  }

  private void onFrame(Connection connection, ServerId from, int kind, WireReader body)
      throws FrameException, WireFormatException {
    switch (kind) {
      case PeerFrame.MESSAGE -> {
        Message message = PeerFrame.message(body);
        Plausible.check(message, shell.status());
        shell.tell(new Input.Received(from, message));
      }
      case PeerFrame.PING -> {
        body.end();
        connection.send(PeerFrame.PONG, Bytes.EMPTY);
      }
      default -> throw new FrameException("a frame of kind " + kind + ", which a peer never sends");
    }
  }

  private void greet(Connection connection, PeerFrame.Hello hello) throws FrameException {
    if (!hello.cluster().equals(cluster)) {
      throw new FrameException(
          "it is of the cluster '%s', this server of '%s'".formatted(hello.cluster(), cluster));
    }
    if (!hello.to().equals(self)) {
      throw new FrameException("it wants to reach %s, this is %s".formatted(hello.to(), self));
    }
    if (hello.from().equals(self)) {
      throw new FrameException("it says that it is %s, as this one is".formatted(self));
    }
    if (hello.mostPayload() > mostPayload) {
      throw new FrameException(
          "its messages may have %d bytes, and here at most %d are accepted:"
                  .formatted(hello.mostPayload(), mostPayload)
              + " let all servers have the same limits");
    }
    if (whereabouts.size() >= CONNECTIONS) {
      whereabouts.keySet().removeIf(server -> !isPeer(server));
    }
    whereabouts.put(hello.from(), new Whereabouts(hello.client(), hello.http()));
    connection.become(new Peer(hello.from(), this::isPeer));
    connection.accept(mostPayload);
    connection.send(PeerFrame.WELCOME, Bytes.EMPTY);
    closeOldest(hello.from());
    links.noticed(hello.from());
  }

  private boolean isPeer(ServerId server) {
    return shell.status().configuration().isMember(server) || links.all().containsKey(server);
  }

  private void closeOldest(ServerId from) {
    List<Connection> same = new ArrayList<>();
    for (Connection each : entrance.inside()) {
      if (each.guest() instanceof Peer(ServerId id, _) && id.equals(from)) {
        same.add(each);
      }
    }
    if (same.size() > PER_PEER) {
      same.getFirst().close("it has %d newer ones".formatted(PER_PEER));
    }
  }

  @Override
  public void onClosed(Connection connection, String why) {
    entrance.left(connection);
  }
}
