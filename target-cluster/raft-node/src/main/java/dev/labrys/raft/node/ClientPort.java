package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.io.IOException;
import java.util.function.Function;

/// Where clients of the binary protocol connect, ask, and are answered.
final class ClientPort implements Connection.Owner {

  /// Requests of one client that may wait; further ones wait in its socket.
  private static final int MOST_WAITING = 1_024;

  /// Bytes of replies that a client may leave unread before no more is read from it.
  private static final int MOST_UNREAD = 1 << 20;

  private static final int LARGEST_REPLY = 1 << 26;
  private static final long INCOMPLETE_BYTES = Heap.part(4, 256L << 20);
  private static final long MILLI = 1_000_000;

  private final NodeOptions options;
  private final Requests requests;
  private final Function<ServerId, String> whereabouts;
  private final Entrance entrance;

  /// A client that has said hello.
  private static final class Client implements Guest {
    int waiting;

    @Override
    public boolean isKnown() {
      return true;
    }

    @Override
    public boolean isBusy() {
      return waiting > 0;
    }
  }

  /// @param whereabouts where clients of a server connect; empty if that is not known
  ClientPort(
      NodeOptions options,
      BoundPort port,
      Reactor reactor,
      Requests requests,
      Function<ServerId, String> whereabouts,
      NodeLog log)
      throws IOException {
    this.options = options;
    this.requests = requests;
    this.whereabouts = whereabouts;
    this.entrance =
        new Entrance(
            "client",
            port,
            reactor,
            this,
            new Entrance.Limits(
                OpenFiles.ofThisProcess().clients(options.limits().clients()),
                options.limits().handshakeNanos(),
                options.limits().idleNanos(),
                ClientFrame.HELLO_BYTES,
                INCOMPLETE_BYTES),
            log);
  }

  Entrance entrance() {
    return entrance;
  }

  @Override
  public void onFrame(Connection connection, int kind, WireReader body)
      throws FrameException, WireFormatException {
    if (connection.guest() instanceof Client client && kind == ClientFrame.REQUEST) {
      ask(connection, client, ClientFrame.Request.read(body));
    } else if (!connection.guest().isKnown() && kind == ClientFrame.HELLO) {
      greet(connection, ClientFrame.readHello(body));
    } else {
      throw new FrameException("a frame of kind " + kind + ", which does not belong here");
    }
  }

  @Override
  public void onNonsense(Connection connection, String why) {
    entrance.refused(connection, why);
    connection.close(ClientFrame.REFUSED, new WireWriter(100).text(why).toBytes(), why);
  }

  private void greet(Connection connection, String cluster) throws FrameException {
    if (!cluster.isEmpty() && !cluster.equals(options.cluster())) {
      throw new FrameException(
          "it wants the cluster '%s', this server is of '%s'"
              .formatted(cluster, options.cluster()));
    }
    connection.become(new Client());
    connection.accept(options.mostClientPayload());
    connection.holdBack(MOST_UNREAD);
    connection.send(ClientFrame.WELCOME, ClientFrame.welcome(options.cluster(), options.node()));
  }

  private void ask(Connection connection, Client client, ClientFrame.Request request) {
    if (request.ask().bytes() > options.limits().commandBytes()) {
      String meaning =
          "%d bytes, where %d are accepted"
              .formatted(request.ask().bytes(), options.limits().commandBytes());
      answer(connection, request.number(), new Reply.Refused("too-large", meaning));
      return;
    }
    client.waiting++;
    long most = options.limits().requestNanos();
    long budget =
        request.budgetMillis() == 0 ? most : Math.min(most, request.budgetMillis() * MILLI);
    requests.ask(
        request.ask(),
        System.nanoTime() + budget,
        reply -> {
          client.waiting--;
          answer(connection, request.number(), reply);
          limit(connection, client);
        });
    limit(connection, client);
  }

  private void answer(Connection connection, long number, Reply reply) {
    if (reply instanceof Reply.Answered(Bytes answer) && answer.length() > LARGEST_REPLY) {
      answer(connection, number, new Reply.Unknown("too-large", "the answer has too many bytes"));
      return;
    }
    String leader =
        reply instanceof Reply.Refused refused ? whereabouts.apply(refused.leader()) : "";
    connection.send(ClientFrame.REPLY, ClientFrame.reply(number, reply, leader));
  }

  private static void limit(Connection connection, Client client) {
    if (client.waiting >= MOST_WAITING) {
      connection.pause();
    } else {
      connection.resume();
    }
  }

  @Override
  public void onClosed(Connection connection, String why) {
    entrance.left(connection);
  }
}
