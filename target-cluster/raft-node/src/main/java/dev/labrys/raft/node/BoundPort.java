package dev.labrys.raft.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/// A port that is this process's own; nobody is let in yet.
record BoundPort(ServerSocketChannel channel, HostPort address) implements AutoCloseable {
  private static final int BACKLOG = 1024;

  /// Takes the port, or one that is free if its number is 0.
  ///
  /// @throws UnavailableException if it can't be had
  static BoundPort at(HostPort wanted, Setting setting) throws UnavailableException {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(wanted.resolve(), BACKLOG);
        return new BoundPort(channel, HostPort.of((InetSocketAddress) channel.getLocalAddress()));
      } catch (IOException | RuntimeException refused) {
        channel.close();
        throw refused;
      }
    } catch (IOException | RuntimeException refused) {
      throw UnavailableException.port(setting, wanted, refused);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }
}
