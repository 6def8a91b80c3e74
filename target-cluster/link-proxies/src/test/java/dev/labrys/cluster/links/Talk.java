package dev.labrys.cluster.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Two ends of a connection, with something in between.
final class Talk implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int ROUNDS = 20;
  private static final long QUIET_NANOS = 300_000_000;

  private final ServerSocket server;
  private final Address address;
  private final Socket opener;
  private final Socket accepter;
  private final Direction up;
  private final Direction down;

  /// Finds the way to an upstream.
  interface Route {
    Address to(Address upstream) throws IOException;
  }

  /// Something to do meanwhile.
  interface Step {
    void perform() throws IOException;
  }

  static Talk through(Route route) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MILLIS);
    return new Talk(server, route.to(new Address("127.0.0.1", server.getLocalPort())));
  }

  private Talk(ServerSocket server, Address address) throws IOException {
    this.server = server;
    this.address = address;
    this.opener = new Socket(address.host(), address.port());
    this.accepter = server.accept();
    opener.setSoTimeout(PATIENCE_MILLIS);
    accepter.setSoTimeout(PATIENCE_MILLIS);
    this.up = new Direction(opener.getOutputStream(), accepter.getInputStream());
    this.down = new Direction(accepter.getOutputStream(), opener.getInputStream());
  }

  /// What the one who opened the connection sends.
  Direction up() {
    return up;
  }

  /// What the other sends.
  Direction down() {
    return down;
  }

  /// Another connection between the same two.
  Talk again() throws IOException {
    return new Talk(server, address);
  }

  /// Whether both ends see the end of the connection.
  boolean isOver() throws IOException {
    return isOver(opener) && isOver(accepter);
  }

  private static boolean isOver(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  /// Ends what the one who accepted sends.
  void endDown() throws IOException {
    accepter.shutdownOutput();
  }

  /// Ends the side that accepted, as if its process had died.
  void endAccepter() throws IOException {
    accepter.close();
  }

  boolean isSeenToEndWithin(int millis) throws IOException {
    opener.setSoTimeout(millis);
    try {
      return opener.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    }
  }

  /// Opens a connection that nobody need accept.
  Socket knock() throws IOException {
    return new Socket(address.host(), address.port());
  }

  /// Whether a connection arrives at the other side.
  boolean isAnsweredWithin(int millis) throws IOException {
    server.setSoTimeout(millis);
    try (Socket accepted = server.accept()) {
      return accepted.isConnected();
    } catch (SocketTimeoutException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    opener.close();
    accepter.close();
    server.close();
  }

  /// One direction, on which octets count up, so that each one that is lost or moved is noticed.
  static final class Direction {
    private final OutputStream out;
    private final InputStream in;
    private final AtomicLong filled = new AtomicLong();
    private int sent;
    private int read;

    Direction(OutputStream out, InputStream in) {
      this.out = out;
      this.in = in;
    }

    void send() throws IOException {
      out.write(sent & 0xFF);
      sent++;
    }

    /// Sends more than is taken from a sender while nobody reads; it is lost with the connection.
    void fill() throws IOException {
      Thread writer = Thread.startVirtualThread(this::sendUntilTheEnd);
      long passed;
      do {
        passed = filled.get();
        LockSupport.parkNanos(QUIET_NANOS);
      } while (filled.get() != passed || passed == 0);
      assertThat(writer.isAlive()).isTrue();
    }

    private void sendUntilTheEnd() {
      byte[] many = new byte[1 << 16];
      try {
        while (true) {
          out.write(many);
          filled.addAndGet(many.length);
        }
      } catch (IOException _) {
        // That was the end.
      }
    }

    void passes() throws IOException {
      send();
      bringsWhatWasHeld();
    }

    /// Sends an octet that does not arrive while `meanwhile` happens again and again.
    void isHeldWhile(Step meanwhile) throws IOException {
      send();
      for (int round = 0; round < ROUNDS; round++) {
        meanwhile.perform();
      }
      assertThat(in.available()).isZero();
    }

    /// All that was sent arrives, and in order.
    void bringsWhatWasHeld() throws IOException {
      while (read < sent) {
        assertThat(in.read()).isEqualTo(read & 0xFF);
        read++;
      }
    }

    long nanosToPass() throws IOException {
      long start = System.nanoTime();
      passes();
      return System.nanoTime() - start;
    }
  }
}
