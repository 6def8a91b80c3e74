package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server that proxies of tests lead to. What it does with a client is up to its maker; each
/// client has a virtual thread to itself.
final class Backend implements TestBed.Made {
  private static final int BACKLOG = 1024;

  private final ServerSocket listener;
  private final ConcurrentLinkedQueue<Peer> open = new ConcurrentLinkedQueue<>();
  private final LinkedBlockingQueue<Peer> arrived = new LinkedBlockingQueue<>();
  private final Handler handler;

  /// What is done with a client.
  interface Handler {
    void serve(Peer client) throws IOException;
  }

  private Backend(ServerSocket listener, Handler handler) {
    this.listener = listener;
    this.handler = handler;
  }

  /// One that does `handler` with each client, whose socket is left open afterwards.
  static Backend doing(Handler handler) {
    return at(0, handler);
  }

  static Backend at(int port, Handler handler) {
    try {
      ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
      Backend backend = new Backend(listener, handler);
      Thread.ofVirtual().name("backend").start(backend::accept);
      return backend;
    } catch (IOException failed) {
      throw new AssertionError("no backend", failed);
    }
  }

  /// One that sends back what it gets.
  static Backend echo() {
    return doing(Peer::echo);
  }

  /// One that only accepts: the test itself talks through [#next].
  static Backend silent() {
    return doing(_ -> {});
  }

  /// One that sends `bytes` to everybody.
  static Backend saying(byte[] bytes) {
    return doing(client -> client.send(bytes));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Peer peer = Peer.of(socket);
        open.add(peer);
        arrived.add(peer);
        Thread.ofVirtual().name("backend-client").start(() -> serve(peer));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Peer peer) {
    try {
      handler.serve(peer);
    } catch (IOException _) {
      peer.close();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /// The next client that got through, in the order of arrival.
  Peer next() throws InterruptedException {
    Peer peer = arrived.poll(TestBed.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (peer == null) {
      throw new AssertionError("nobody came to the backend");
    }
    return peer;
  }

  /// How many came that nobody has asked for yet.
  int waiting() {
    return arrived.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failed) {
      throw new AssertionError("the backend does not close", failed);
    }
    open.forEach(Peer::close);
  }
}
