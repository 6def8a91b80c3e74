package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server that speaks the protocol of clients and does to each request what a script says, in
/// order; after the end of the script, it answers nothing any more.
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Thread thread;
  private final Deque<Deed> script;
  private final List<Ask> asked = new ArrayList<>();

  /// What it does to a request.
  sealed interface Deed {

    /// Replies.
    ///
    /// @param leader where clients of the leader connect
    record Say(Reply reply, String leader) implements Deed {}

    /// Closes the connection instead.
    record HangUp() implements Deed {}

    /// Says nothing.
    record Ignore() implements Deed {}
  }

  ScriptedServer(Deed... script) throws IOException {
    this.script = new ArrayDeque<>(List.of(script));
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.thread = Thread.ofVirtual().name("scripted").start(this::serve);
  }

  static Deed say(Reply reply) {
    return new Deed.Say(reply, "");
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /// What it has been asked so far.
  synchronized List<Ask> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          converse(client);
        }
      }
    } catch (IOException closed) {
      // The test is over.
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private void converse(Socket client) throws Exception {
    FrameReader in = new FrameReader(1 << 20);
    FrameWriter out = new FrameWriter();
    byte[] buffer = new byte[4_096];
    InputStream stream = client.getInputStream();
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      in.feed(ByteBuffer.wrap(buffer, 0, count));
      for (Optional<Bytes> frame = in.next(); frame.isPresent(); frame = in.next()) {
        WireReader body = new WireReader(frame.get());
        if (!hear(body.octet(), body, out)) {
          return;
        }
      }
      client.getOutputStream().write(out.take());
    }
  }

  private synchronized boolean hear(int kind, WireReader body, FrameWriter out) throws Exception {
    if (kind == ClientFrame.HELLO) {
      out.add(ClientFrame.WELCOME, ClientFrame.welcome("test", new ServerId(1)));
      return true;
    }
    ClientFrame.Request request = ClientFrame.Request.read(body);
    asked.add(request.ask());
    Deed deed = next();
    if (deed instanceof Deed.Say(Reply reply, String leader)) {
      out.add(ClientFrame.REPLY, ClientFrame.reply(request.number(), reply, leader));
    }
    return !(deed instanceof Deed.HangUp);
  }

  private Deed next() {
    @Nullable Deed next = script.poll();
    return next == null ? new Deed.Ignore() : next;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    thread.interrupt();
  }
}
