package dev.labrys.raft.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Opens connections for a thread that can't wait: to look up a name alone may take seconds.
final class Dialer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 1_000;

  private final Reactor reactor;
  private final ExecutorService threads;

  /// Channels that nobody has taken over yet.
  private final Set<SocketChannel> pending = ConcurrentHashMap.newKeySet();

  /// Who gave a call, and is told on the reactor's thread what came of it.
  interface Caller {

    /// It is connected.
    ///
    /// @throws IOException if the connection broke at once, so that there is none
    void onConnected(SocketChannel channel) throws IOException;

    /// It is not, and `why`.
    void onUnreachable(String why);
  }

  /// A try to connect. Belongs to the reactor's thread.
  static final class Call {
    private final HostPort address;
    private final Caller caller;
    private boolean isGivenUp;

    private Call(HostPort address, Caller caller) {
      this.address = address;
      this.caller = caller;
    }

    /// Nobody wants to know any more what comes of it.
    void giveUp() {
      isGivenUp = true;
    }
  }

  Dialer(String name, Reactor reactor) {
    this.reactor = reactor;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
  }

  Call dial(HostPort address, Caller caller) {
    Call call = new Call(address, caller);
    try {
      threads.execute(() -> connect(call));
    } catch (RejectedExecutionException _) {
      // Closed: nobody waits for it any more.
    }
    return call;
  }

  private void connect(Call call) {
    try {
      SocketChannel channel = SocketChannel.open();
      pending.add(channel);
      try {
        InetSocketAddress target = call.address.resolve();
        if (target.isUnresolved()) {
          throw new IOException("nobody knows the host " + call.address.host());
        }
        channel.socket().connect(target, TIMEOUT_MILLIS);
      } catch (IOException | RuntimeException failed) {
        drop(channel);
        throw failed;
      }
      reactor.execute(() -> handOver(call, channel));
    } catch (IOException | RuntimeException failed) {
      reactor.execute(() -> complain(call, failed));
    }
  }

  private void handOver(Call call, SocketChannel channel) {
    if (call.isGivenUp) {
      drop(channel);
      return;
    }
    try {
      call.caller.onConnected(channel);
      pending.remove(channel);
    } catch (IOException broken) {
      drop(channel);
      complain(call, broken);
    }
  }

  private static void complain(Call call, Exception failed) {
    if (!call.isGivenUp) {
      call.caller.onUnreachable(call.address + ": " + failed.getMessage());
    }
  }

  private void drop(SocketChannel channel) {
    pending.remove(channel);
    try {
      channel.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }

  /// Gives up all calls, after the reactor has ended.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    pending.forEach(this::drop);
  }
}
