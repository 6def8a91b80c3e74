package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A proxy at work: its listening socket, and the connections that came in through it. All of it
/// belongs to the thread of one [Loop].
final class Relay implements Loop.Watcher {
  private static final int BACKLOG = 1024;

  /// How long nobody is accepted when there is no socket left for anybody.
  private static final long RESPITE_NANOS = 100_000_000;

  private final Loop loop;
  private final RandomGenerator random;
  private final Metrics.Source metrics;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final List<Toxic> toxics = new ArrayList<>();
  private String upstream = "";
  private @Nullable ServerSocketChannel listener;
  private @Nullable SelectionKey key;
  private final Loop.Alarm endOfRespite;

  Relay(Loop loop, RandomGenerator random, Metrics.Source metrics) {
    this.loop = loop;
    this.random = random;
    this.metrics = metrics;
    this.endOfRespite = loop.alarm(this::acceptAgain);
  }

  /// Where new connections go to.
  String upstream() {
    return upstream;
  }

  /// Begins to accept. Returns the address with the port that was given to it.
  InetSocketAddress start(InetSocketAddress address, String newUpstream) throws IOException {
    ServerSocketChannel opened = ServerSocketChannel.open();
    try {
      opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      opened.bind(address, BACKLOG);
      key = loop.watch(opened, this);
      key.interestOps(SelectionKey.OP_ACCEPT);
    } catch (IOException | RuntimeException failed) {
      opened.close();
      throw failed;
    }
    listener = opened;
    upstream = newUpstream;
    return (InetSocketAddress) opened.getLocalAddress();
  }

  /// Stops accepting, and closes what is open. When this returns, the port is free.
  void stop() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
      endOfRespite.cancel();
    }
    List.copyOf(connections).forEach(Connection::close);
    loop.letGoOfClosed();
  }

  @Override
  public void onReady(int operations) {
    for (SocketChannel next = accept(); next != null; next = accept()) {
      try {
        admit(next);
      } catch (IOException _) {
        // It has gone again, or there is no socket left for its other side.
        drop(next);
      }
    }
  }

  private static void drop(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  private @Nullable SocketChannel accept() {
    try {
      return listener == null ? null : listener.accept();
    } catch (IOException _) {
      // No more sockets for now; whoever knocks is still there after a while.
      if (key != null && key.isValid()) {
        key.interestOps(0);
        endOfRespite.set(loop.now() + RESPITE_NANOS);
      }
      return null;
    }
  }

  private void acceptAgain() {
    if (key != null && key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void admit(SocketChannel accepted) throws IOException {
    if (connections.size() >= Limits.CONNECTIONS) {
      drop(accepted);
      return;
    }
    Connection connection = Connection.of(this, loop, accepted, random);
    connections.add(connection);
    toxics.forEach(toxic -> connection.link(toxic.direction()).add(toxic));
    connection.proceed();
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  /// Counts what went through a connection that has ended.
  void count(Connection connection) {
    for (Direction direction : Direction.values()) {
      Link link = connection.link(direction);
      metrics.count(direction, link.received(), link.sent());
    }
  }

  /// Puts a toxic behind the others of its direction, on open connections too.
  void add(Toxic toxic) {
    toxics.add(toxic);
    for (Connection connection : List.copyOf(connections)) {
      connection.link(toxic.direction()).add(toxic);
    }
  }

  /// Sets the toxic of that name anew.
  void update(Toxic toxic) {
    toxics.replaceAll(old -> old.name().equals(toxic.name()) ? toxic : old);
    for (Connection connection : List.copyOf(connections)) {
      connection.link(toxic.direction()).update(toxic);
      connection.proceed();
    }
  }

  /// Takes a toxic away. What was swallowed can't be given back, so that ends connections.
  void remove(Toxic toxic) {
    toxics.removeIf(old -> old.name().equals(toxic.name()));
    for (Connection connection : List.copyOf(connections)) {
      Link link = connection.link(toxic.direction());
      if (toxic.type() == ToxicType.TIMEOUT) {
        connection.close();
      } else if (link.isTornBy(toxic.name())) {
        connection.reset();
      } else {
        link.remove(toxic.name());
        connection.proceed();
      }
    }
  }
}
