package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// One of the two sockets of a connection: where one link begins, and the other ends.
final class Endpoint implements Loop.Watcher {
  private final Connection connection;
  private final Loop loop;
  private SocketChannel channel;
  private SelectionKey key;
  private int interest;

  /// Takes over `accepted`, or one that has yet to be connected.
  Endpoint(SocketChannel accepted, Connection connection, Loop loop) throws IOException {
    this.connection = connection;
    this.loop = loop;
    this.channel = accepted;
    this.key = watched(accepted);
  }

  private SelectionKey watched(SocketChannel opened) throws IOException {
    // Two small writes of a sender are not to wait for an acknowledgement in between.
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return loop.watch(opened, this);
  }

  @Override
  public void onReady(int operations) {
    connection.onReady(this, operations);
  }

  /// Whether it is connected at once; otherwise readiness is told later. May be tried again after a
  /// failure.
  boolean connect(SocketAddress address) throws IOException {
    if (!channel.isOpen()) {
      channel = SocketChannel.open();
      key = watched(channel);
      interest = 0;
    }
    boolean isConnected = channel.connect(address);
    want(isConnected ? 0 : SelectionKey.OP_CONNECT);
    return isConnected;
  }

  void finishConnect() throws IOException {
    if (!channel.finishConnect()) {
      throw new IOException("not connected yet, although told so");
    }
    want(0);
  }

  int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  int write(ByteBuffer bytes) throws IOException {
    return channel.write(bytes);
  }

  void wantToRead() {
    want(interest | SelectionKey.OP_READ);
  }

  void rest() {
    want(interest & ~SelectionKey.OP_READ);
  }

  void wantToWrite() {
    want(interest | SelectionKey.OP_WRITE);
  }

  void hasWritten() {
    want(interest & ~SelectionKey.OP_WRITE);
  }

  private void want(int operations) {
    if (operations != interest && key.isValid()) {
      interest = operations;
      key.interestOps(operations);
    }
  }

  /// Closes it in both directions.
  void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  /// Closes it so that the other side is told of a reset.
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException _) {
      // Already closed, or never connected.
    }
    close();
  }
}
