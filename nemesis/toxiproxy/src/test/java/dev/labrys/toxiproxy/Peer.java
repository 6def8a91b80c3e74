package dev.labrys.toxiproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One end of a connection through a proxy, or of one without.
final class Peer implements TestBed.Made {
  /// How long nothing has to come for it to count as silence. Too short would only miss a mistake.
  private static final int SILENCE_MILLIS = 300;

  private final Socket socket;

  private Peer(Socket socket) {
    this.socket = socket;
  }

  /// How a connection ends.
  enum End {
    EOF,
    RESET
  }

  static Peer of(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TestBed.PATIENCE_MILLIS);
    return new Peer(socket);
  }

  static Peer connect(int port) throws IOException {
    return connect(new Socket(), port);
  }

  /// Whether a connection to `port` is reset: at once, or a moment after it came about.
  static boolean isReset(int port) throws IOException {
    try (Peer peer = connect(port)) {
      return peer.end() == End.RESET;
    } catch (SocketException _) {
      return true;
    }
  }

  /// One that has little room for what it does not read.
  static Peer connectNarrow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1 << 16);
    return connect(socket, port);
  }

  private static Peer connect(Socket socket, int port) throws IOException {
    try {
      // All is set before: afterwards it may have been reset already.
      Peer peer = of(socket);
      InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
      socket.connect(new InetSocketAddress(loopback, port), TestBed.PATIENCE_MILLIS);
      return peer;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  Peer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  Peer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /// The next `count` bytes.
  byte[] receive(int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new AssertionError("closed after %d of %d bytes".formatted(bytes.length, count));
    }
    return bytes;
  }

  /// The next `count` bytes, as text.
  String hear(int count) throws IOException {
    return new String(receive(count), StandardCharsets.UTF_8);
  }

  /// Sends `text`, and hears it come back.
  String echo(String text) throws IOException {
    send(text);
    return hear(text.getBytes(StandardCharsets.UTF_8).length);
  }

  /// What comes in one read.
  byte[] receiveSome() throws IOException {
    byte[] bytes = new byte[1 << 16];
    int count = socket.getInputStream().read(bytes);
    if (count < 0) {
      throw new AssertionError("closed, where data was expected");
    }
    return Arrays.copyOf(bytes, count);
  }

  /// All that comes before the end.
  byte[] receiveAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /// How it ends, after data that does not matter.
  End end() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return End.EOF;
    } catch (SocketTimeoutException open) {
      throw new AssertionError("the connection is still open", open);
    } catch (SocketException _) {
      return End.RESET;
    }
  }

  /// Whether neither data nor the end comes for a while.
  boolean isSilent() throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    try {
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException _) {
      return true;
    } catch (SocketException _) {
      return false;
    } finally {
      socket.setSoTimeout(TestBed.PATIENCE_MILLIS);
    }
  }

  /// Whether something has come.
  boolean hasSomething() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /// Whether what is sent to it, which it does not read, is still not sent after a while.
  boolean isHeldUp(CompletableFuture<Void> sent) throws InterruptedException {
    try {
      sent.get(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException _) {
      return true;
    } catch (ExecutionException failed) {
      throw new AssertionError("it could not be sent", failed);
    }
  }

  void echo() throws IOException {
    byte[] bytes = new byte[1 << 16];
    InputStream in = socket.getInputStream();
    socket.setSoTimeout(0);
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      socket.getOutputStream().write(bytes, 0, count);
    }
    close();
  }

  /// Says that nothing more is sent, and goes on listening.
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new AssertionError("a socket does not close", failed);
    }
  }
}
