package dev.labrys.raft.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A way between two nodes that can be held up in each direction: bytes wait, as in a real network,
/// and nobody is told.
final class Relay implements AutoCloseable {
  private final ServerSocket entrance;
  private final InetSocketAddress target;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> sockets = new ArrayList<>();
  private final Set<Direction> held = EnumSet.noneOf(Direction.class);
  private int connections;

  /// Of the connections opened so far, those up to this one lead nowhere any more.
  private int swallowed;

  /// As seen from whoever opened the connection.
  enum Direction {
    THERE,
    BACK
  }

  Relay(HostPort target) throws IOException {
    this.target = target.resolve();
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  HostPort address() {
    return new HostPort("127.0.0.1", entrance.getLocalPort());
  }

  /// Connections that were opened so far.
  synchronized int connections() {
    return connections;
  }

  synchronized void hold(Direction direction) {
    held.add(direction);
  }

  synchronized void release(Direction direction) {
    held.remove(direction);
    notifyAll();
  }

  /// From now on, swallows what is sent on the connections that there are. Others will work.
  synchronized void swallow() {
    swallowed = connections;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = entrance.accept();
        Socket far = new Socket();
        far.connect(target);
        int number = note(near, far);
        threads.execute(() -> copy(number, near, far, Direction.THERE));
        threads.execute(() -> copy(number, far, near, Direction.BACK));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private synchronized int note(Socket near, Socket far) {
    sockets.add(near);
    sockets.add(far);
    connections++;
    return connections;
  }

  private void copy(int number, Socket from, Socket to, Direction direction) {
    byte[] buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (isOpen(number, direction)) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException | InterruptedException closed) {
      // One side has gone; so goes the other.
    }
  }

  /// Waits while the way is held up.
  ///
  /// @return whether it still leads anywhere
  private synchronized boolean isOpen(int number, Direction direction) throws InterruptedException {
    while (held.contains(direction)) {
      wait();
    }
    return number > swallowed;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    closeAll();
    threads.shutdownNow();
    threads.close();
  }

  private synchronized void closeAll() throws IOException {
    for (Socket each : sockets) {
      each.close();
    }
  }
}
