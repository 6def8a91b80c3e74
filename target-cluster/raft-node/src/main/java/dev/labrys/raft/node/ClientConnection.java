package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A client's connection to one node, for one request at a time.
final class ClientConnection implements AutoCloseable {
  private static final int MOST_PAYLOAD = (1 << 26) + 64;
  private static final int BUFFER = 1 << 14;

  private final Socket socket;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final FrameReader in = new FrameReader(MOST_PAYLOAD);
  private final FrameWriter out = new FrameWriter();
  private long lastNumber;

  /// A reply, and where the clients of the leader connect if it names one.
  record Heard(Reply reply, String leader) {}

  private ClientConnection(Socket socket) {
    this.socket = socket;
  }

  /// Connects, and waits to be welcomed.
  ///
  /// @throws IOException if that does not happen in time
  static ClientConnection open(HostPort node, String cluster, long deadlineNanos)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      InetSocketAddress address = node.resolve();
      if (address.isUnresolved()) {
        throw new IOException("nobody knows the host " + node.host());
      }
      socket.connect(address, millisUntil(deadlineNanos));
      ClientConnection connection = new ClientConnection(socket);
      connection.greet(cluster, deadlineNanos);
      return connection;
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private void greet(String cluster, long deadlineNanos) throws IOException {
    write(ClientFrame.HELLO, ClientFrame.hello(cluster));
    try {
      WireReader body = read(deadlineNanos);
      if (body.octet() != ClientFrame.WELCOME) {
        throw new IOException("the node refused: " + body.text());
      }
    } catch (WireFormatException wrong) {
      throw new IOException("this is no node: " + wrong.getMessage(), wrong);
    }
  }

  /// Asks, and waits for the reply.
  ///
  /// @throws IOException if none comes in time: nobody knows what became of it
  Heard ask(Ask ask, long deadlineNanos) throws IOException {
    lastNumber++;
    long millis = millisUntil(deadlineNanos);
    write(ClientFrame.REQUEST, new ClientFrame.Request(lastNumber, ask, millis).toBytes());
    try {
      WireReader body = read(deadlineNanos);
      int kind = body.octet();
      if (kind == ClientFrame.REFUSED) {
        throw new IOException("the node refused: " + body.text());
      }
      if (kind != ClientFrame.REPLY || body.number() != lastNumber) {
        throw new IOException("the node answers what was not asked");
      }
      return heard(body);
    } catch (WireFormatException wrong) {
      throw new IOException("the node answers nonsense: " + wrong.getMessage(), wrong);
    }
  }

  private static Heard heard(WireReader body) throws WireFormatException {
    StringBuilder leader = new StringBuilder();
    Reply reply = ClientFrame.readReply(body, leader::append);
    return new Heard(reply, leader.toString());
  }

  private void write(int kind, Bytes body) throws IOException {
    out.add(kind, body);
    OutputStream stream = socket.getOutputStream();
    stream.write(out.take());
  }

  private WireReader read(long deadlineNanos) throws IOException {
    try {
      for (Optional<Bytes> frame = in.next(); ; frame = in.next()) {
        if (frame.isPresent()) {
          return new WireReader(frame.get());
        }
        receive(deadlineNanos);
      }
    } catch (FrameException wrong) {
      throw new IOException("the node sends nonsense: " + wrong.getMessage(), wrong);
    }
  }

  private void receive(long deadlineNanos) throws IOException {
    socket.setSoTimeout(millisUntil(deadlineNanos));
    int count = socket.getInputStream().read(buffer.array());
    if (count < 0) {
      throw new IOException("the node closed the connection");
    }
    in.feed(buffer.clear().limit(count));
  }

  private static int millisUntil(long deadlineNanos) throws SocketTimeoutException {
    long nanos = deadlineNanos - System.nanoTime();
    if (nanos <= 0) {
      throw new SocketTimeoutException("the deadline has passed");
    }
    // Rounded up, as 0 would mean for ever.
    return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
  }
}
