package dev.labrys.raft.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Opens connections for a thread that can't wait: to look up a name alone may take seconds.
final class Dialer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 1_000;

  private final Reactor reactor;
  private final ExecutorService threads;

  /// Who gave a call, and is told on the reactor's thread what came of it.
  interface Caller {
    void onConnected(SocketChannel channel);

    void onUnreachable(String why);
  }

  Dialer(String name, Reactor reactor) {
    this.reactor = reactor;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
  }

  void dial(HostPort address, Caller caller) {
    try {
      threads.execute(() -> connect(address, caller));
    } catch (RejectedExecutionException _) {
      // Closed: nobody waits for it any more.
    }
  }

  // The channel is handed over, or closed.
  @SuppressWarnings("resource")
  private void connect(HostPort address, Caller caller) {
    try {
      SocketChannel channel = SocketChannel.open();
      try {
        InetSocketAddress target = address.resolve();
        if (target.isUnresolved()) {
          throw new IOException("nobody knows the host " + address.host());
        }
        channel.socket().connect(target, TIMEOUT_MILLIS);
      } catch (IOException | RuntimeException failed) {
        channel.close();
        throw failed;
      }
      if (threads.isShutdown()) {
        channel.close();
      }
      reactor.execute(() -> caller.onConnected(channel));
    } catch (IOException failed) {
      String why = address + ": " + failed.getMessage();
      reactor.execute(() -> caller.onUnreachable(why));
    }
  }

  /// Gives up all calls.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
