package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// A client, the server it was let through to, and a link each way.
final class Connection {
  /// How long the server may take to accept.
  private static final long LONGEST_DIAL_MILLIS = 30_000;

  private final Relay relay;
  private final Loop loop;
  private final Endpoint client;
  private final Endpoint server;
  private final Link upstream;
  private final Link downstream;
  private final Loop.Alarm patience;
  private final Queue<InetSocketAddress> untried = new ArrayDeque<>();
  private Phase phase = Phase.ACCEPTED;

  private enum Phase {
    ACCEPTED,
    DIALLING,
    OPEN,
    CLOSED
  }

  private Connection(Relay relay, Loop loop, SocketChannel accepted, RandomGenerator random)
      throws IOException {
    this.relay = relay;
    this.loop = loop;
    this.client = new Endpoint(accepted, this, loop);
    this.server = new Endpoint(SocketChannel.open(), this, loop);
    this.upstream = new Link(this, client, server, loop, random);
    this.downstream = new Link(this, server, client, loop, random);
    this.patience = loop.alarm(this::close);
  }

  /// Takes over a client that has just been accepted. It goes on with [#proceed].
  static Connection of(Relay relay, Loop loop, SocketChannel accepted, RandomGenerator random)
      throws IOException {
    return new Connection(relay, loop, accepted, random);
  }

  Link link(Direction direction) {
    return switch (direction) {
      case UPSTREAM -> upstream;
      case DOWNSTREAM -> downstream;
    };
  }

  /// Lets the client through to the server, unless a toxic keeps it waiting.
  void proceed() {
    if (phase != Phase.ACCEPTED) {
      return;
    }
    if (upstream.refuses() || downstream.refuses()) {
      reset();
    } else if (upstream.letsConnect()) {
      phase = Phase.DIALLING;
      patience.set(Stage.after(loop.now(), LONGEST_DIAL_MILLIS));
      Upstream.resolve(relay.upstream(), loop, this::dial);
    }
  }

  /// Tries these addresses in turn.
  private void dial(List<InetSocketAddress> addresses) {
    if (phase == Phase.DIALLING) {
      untried.addAll(addresses);
      dialNext();
    }
  }

  private void dialNext() {
    while (!untried.isEmpty()) {
      try {
        if (server.connect(untried.remove())) {
          open();
        }
        return;
      } catch (IOException | RuntimeException _) {
        // Not there; perhaps at the next one.
        server.close();
      }
    }
    close();
  }

  private void open() {
    patience.cancel();
    phase = Phase.OPEN;
    downstream.start();
    upstream.start();
  }

  /// One of the sockets can do what was waited for.
  void onReady(Endpoint endpoint, int operations) {
    if ((operations & SelectionKey.OP_CONNECT) != 0 && phase == Phase.DIALLING) {
      onConnected();
      return;
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      (endpoint == server ? upstream : downstream).pump();
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      (endpoint == server ? downstream : upstream).onReadable();
    }
  }

  private void onConnected() {
    try {
      server.finishConnect();
    } catch (IOException _) {
      server.close();
      dialNext();
      return;
    }
    open();
  }

  /// A link has closed the socket it wrote to: so nothing more comes from there.
  void onFinished(Link link) {
    (link == upstream ? downstream : upstream).endSource();
    if (upstream.isFinished() && downstream.isFinished() && phase == Phase.OPEN) {
      close();
    }
  }

  /// Ends it orderly. What is under way is lost.
  void close() {
    end();
    client.close();
    server.close();
  }

  /// Ends it so that both sides are told of a reset.
  void reset() {
    end();
    client.reset();
    server.reset();
  }

  private void end() {
    if (phase != Phase.CLOSED) {
      boolean wasOpen = phase == Phase.OPEN;
      phase = Phase.CLOSED;
      patience.cancel();
      upstream.abandon();
      downstream.abandon();
      relay.forget(this);
      if (wasOpen) {
        relay.count(this);
      }
    }
  }
}
