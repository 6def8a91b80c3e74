package dev.labrys.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Servers that push and echo, and clients that measure how fast they do, wherever they are
/// reached.
final class ProxyTraffic implements AutoCloseable {
  private static final int MESSAGE = 100;
  private static final int BLOCK = 1 << 18;
  private static final int BACKLOG = 1024;
  private static final int MOST_MESSAGES = 1_000_000;
  private static final double MIB = 1 << 20;

  private final Map<Figure, ServerSocketChannel> servers = new EnumMap<>(Figure.class);
  private final long nanos;
  private final int crowd;

  /// What is measured, each with a server of its own.
  enum Figure {
    THROUGHPUT("one connection, MiB a second"),
    PING_PONG("one connection, round trip of 100 bytes, median in microseconds"),
    CROWD("many connections, messages a second in all");

    private final String title;

    Figure(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    double best(List<Double> values) {
      return this == PING_PONG ? Collections.min(values) : Collections.max(values);
    }
  }

  private ProxyTraffic(long nanos, int crowd) {
    this.nanos = nanos;
    this.crowd = crowd;
  }

  static ProxyTraffic start(int millis, int crowd) throws IOException {
    ProxyTraffic traffic = new ProxyTraffic(millis * 1_000_000L, crowd);
    for (Figure figure : Figure.values()) {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      traffic.servers.put(figure, server);
      background("bench-" + figure, () -> traffic.serve(figure, server));
    }
    return traffic;
  }

  private interface Activity {
    void run() throws IOException;
  }

  /// Until its socket is closed.
  private static void background(String name, Activity activity) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            activity.run();
          } catch (IOException _) {
            // That was the end.
          }
        });
  }

  Map<Figure, Integer> ports() throws IOException {
    Map<Figure, Integer> ports = new EnumMap<>(Figure.class);
    for (Map.Entry<Figure, ServerSocketChannel> server : servers.entrySet()) {
      ports.put(
          server.getKey(), ((InetSocketAddress) server.getValue().getLocalAddress()).getPort());
    }
    return ports;
  }

  private void serve(Figure figure, ServerSocketChannel server) throws IOException {
    if (figure == Figure.CROWD) {
      echoToAll(server);
      return;
    }
    while (true) {
      SocketChannel client = server.accept();
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      background(
          "bench-client",
          () -> {
            if (figure == Figure.THROUGHPUT) {
              push(client);
            } else {
              echo(client);
            }
          });
    }
  }

  private static void push(SocketChannel client) throws IOException {
    try (client) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      while (true) {
        client.write(block.clear());
      }
    }
  }

  private static void echo(SocketChannel client) throws IOException {
    try (client) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      while (client.read(block.clear()) >= 0) {
        writeAll(client, block.flip());
      }
    }
  }

  /// One thread for all clients, as that is what a crowd is served best with.
  private static void echoToAll(ServerSocketChannel server) throws IOException {
    try (Selector selector = Selector.open()) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (server.isOpen()) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.channel() instanceof SocketChannel client) {
            echoOnce(client, block.clear());
          } else {
            admit(server, selector);
          }
        }
        selector.selectedKeys().clear();
      }
    }
  }

  private static void admit(ServerSocketChannel server, Selector selector) throws IOException {
    for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
      next.setOption(StandardSocketOptions.TCP_NODELAY, true);
      next.configureBlocking(false);
      next.register(selector, SelectionKey.OP_READ);
    }
  }

  private static void echoOnce(SocketChannel client, ByteBuffer block) throws IOException {
    try {
      if (client.read(block) < 0) {
        client.close();
      } else {
        writeAll(client, block.flip());
      }
    } catch (IOException _) {
      client.close();
    }
  }

  private static void writeAll(SocketChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /// The value of `figure` for its server, reached at `port`.
  double measure(Figure figure, int port) throws IOException {
    return switch (figure) {
      case THROUGHPUT -> throughput(port);
      case PING_PONG -> pingPong(port);
      case CROWD -> crowd(port);
    };
  }

  private static SocketChannel connect(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  private static void fill(SocketChannel from, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (from.read(bytes) < 0) {
        throw new IOException("closed before the measurement was over");
      }
    }
  }

  private double throughput(int port) throws IOException {
    try (SocketChannel channel = connect(port)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      fill(channel, block);
      long bytes = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos) {
        bytes += Math.max(0, channel.read(block.clear()));
      }
      return bytes / MIB / ((System.nanoTime() - start) / 1e9);
    }
  }

  private double pingPong(int port) throws IOException {
    try (SocketChannel channel = connect(port)) {
      ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
      long[] taken = new long[MOST_MESSAGES];
      int count = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos && count < MOST_MESSAGES) {
        long sent = System.nanoTime();
        writeAll(channel, message.clear());
        fill(channel, message.clear());
        taken[count++] = System.nanoTime() - sent;
      }
      Arrays.sort(taken, 0, count);
      return taken[count / 2] / 1e3;
    }
  }

  /// Each connection sends its next message as soon as it has the answer to the one before.
  private double crowd(int port) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < crowd; i++) {
        SocketChannel channel = connect(port);
        channels.add(channel);
        writeAll(channel, message.clear());
        fill(channel, message.clear());
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(MESSAGE));
      }
      for (SocketChannel channel : channels) {
        writeAll(channel, message.clear());
      }
      long count = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          count += answered((SocketChannel) key.channel(), (ByteBuffer) key.attachment());
        }
        selector.selectedKeys().clear();
      }
      return count / ((System.nanoTime() - start) / 1e9);
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  /// 1 if an answer was complete and the next message is on its way, or 0.
  private static int answered(SocketChannel channel, ByteBuffer answer) throws IOException {
    if (channel.read(answer) < 0) {
      throw new IOException("closed before the measurement was over");
    }
    if (answer.hasRemaining()) {
      return 0;
    }
    writeAll(channel, answer.flip());
    answer.clear();
    return 1;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel server : servers.values()) {
      server.close();
    }
  }
}
