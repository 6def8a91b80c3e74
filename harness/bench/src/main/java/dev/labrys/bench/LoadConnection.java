package dev.labrys.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A client with a connection, which has sent a request or is idle.
final class LoadConnection implements AutoCloseable {
  private static final int BUFFER = 1 << 14;

  private final int number;
  private final SocketChannel channel;
  private final Talk talk;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private boolean isWelcome;

  /// What the request under way is about.
  int key;

  /// What was acknowledged when it was sent.
  long atLeast;

  /// When it was sent, or should have been.
  long begunNanos;

  LoadConnection(int number, InetSocketAddress node, Talk talk, Selector selector)
      throws IOException {
    this.number = number;
    this.talk = talk;
    this.channel = SocketChannel.open(node);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
    talk.greet(out);
    flush();
  }

  /// Which of the clients it is, from 0.
  int number() {
    return number;
  }

  Talk talk() {
    return talk;
  }

  boolean isWelcome() {
    return isWelcome;
  }

  void put(byte[] name, byte[] value) throws IOException {
    talk.put(name, value, out);
    flush();
  }

  void get(byte[] name) throws IOException {
    talk.get(name, out);
    flush();
  }

  /// Writes all of it: a request is smaller than what a socket takes at once.
  private void flush() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    out.clear();
  }

  /// Takes what has come.
  ///
  /// @return whether the request under way is answered
  boolean receive() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the node closed a connection");
    }
    in.flip();
    boolean isAnswered = false;
    for (Talk.Heard heard = talk.take(in, out);
        heard != Talk.Heard.NOTHING;
        heard = talk.take(in, out)) {
      isWelcome = true;
      isAnswered |= heard == Talk.Heard.ANSWER;
    }
    in.compact();
    if (out.position() > 0) {
      flush();
    }
    return isAnswered;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
