package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// A connection over which frames go in both directions, and nobody ever waits.
///
/// The first octet of a frame says what kind it is; the rest is its body.
final class Connection implements Reactor.Watcher {
  private final Reactor reactor;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Owner owner;
  private final String remote;
  private final FrameReader in;
  private final FrameWriter out = new FrameWriter();

  private Guest guest;

  private int mostUnsent = Integer.MAX_VALUE;
  private boolean isPatient;
  private boolean isDeferred;
  private boolean isFlushDue;
  private boolean isPaused;
  private boolean isPumping;
  private boolean isClosed;

  /// When the other side last had said something whole, or connected.
  private long heardNanos;

  /// Since when the other side has been at the frame that is incomplete, if one is.
  private long begunNanos;

  /// Who is told what happens on a connection.
  interface Owner {

    /// A frame has come.
    ///
    /// @throws FrameException or
    /// @throws WireFormatException if it should not have: it is [nonsense][#onNonsense]
    void onFrame(Connection connection, int kind, WireReader body)
        throws FrameException, WireFormatException;

    /// Something has come that the other side should not have sent, and `why` not. The connection
    /// is of no more use, and is closed now.
    void onNonsense(Connection connection, String why);

    /// The connection is closed, `why` in a few words. Nothing comes any more.
    void onClosed(Connection connection, String why);
  }

  /// Takes over a connected `channel`.
  ///
  /// @param mostPayload bytes of the largest frame that is accepted
  Connection(Reactor reactor, SocketChannel channel, Owner owner, int mostPayload)
      throws IOException {
    this.reactor = reactor;
    this.channel = channel;
    this.owner = owner;
    this.guest = Guest.STRANGER;
    this.in = new FrameReader(mostPayload);
    this.remote = nameOf(channel.getRemoteAddress());
    this.heardNanos = System.nanoTime();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // Registered last: from here on, it is told what happens.
    this.key = reactor.watch(channel, SelectionKey.OP_READ, this);
  }

  private static String nameOf(SocketAddress address) {
    return address.toString().replaceFirst("^[^/]*/", "");
  }

  Guest guest() {
    return guest;
  }

  void become(Guest known) {
    guest = known;
  }

  /// The address of the other side.
  String remote() {
    return remote;
  }

  long heardNanos() {
    return heardNanos;
  }

  boolean isClosed() {
    return isClosed;
  }

  /// Whether the other side owes the rest of a frame that it began before `nanos`. It owes nothing
  /// while it is not listened to.
  boolean owesSince(long nanos) {
    return in.waiting() > 0 && mayTake() && begunNanos - nanos < 0;
  }

  /// Bytes that wait for the rest of their frame, or until more may be [taken][#resume].
  int incomplete() {
    return in.waiting();
  }

  /// Bytes that the other side has not taken yet.
  int unsent() {
    return out.waiting();
  }

  /// From now on, accepts frames of up to that many bytes.
  void accept(int mostPayload) {
    in.accept(mostPayload);
  }

  /// From now on, takes no frames while the other side leaves more than that many bytes unread, and
  /// only when nothing more urgent is to be done.
  void holdBack(int newMostUnsent) {
    mostUnsent = newMostUnsent;
    isPatient = true;
  }

  /// Sends a frame, soon.
  void send(int kind, Bytes body) {
    if (isClosed) {
      return;
    }
    out.add(kind, body);
    if (!isFlushDue) {
      isFlushDue = true;
      reactor.flushLater(this);
    }
  }

  void flush() {
    isFlushDue = false;
    if (isClosed) {
      return;
    }
    try {
      out.writeTo(channel, reactor.scratch);
      goOn();
    } catch (IOException broken) {
      close("writing failed: " + broken.getMessage());
    }
  }

  /// Takes no more frames until [#resume]: those that come wait, in the end with the other side.
  void pause() {
    if (!isPaused) {
      isPaused = true;
      interests();
    }
  }

  void resume() {
    if (isPaused && !isClosed) {
      isPaused = false;
      begunNanos = System.nanoTime();
      goOn();
    }
  }

  private void goOn() {
    interests();
    if (!isPumping && mayTake() && in.waiting() > 0) {
      pump();
    }
  }

  private boolean mayTake() {
    return !isPaused && !isClosed && out.waiting() <= mostUnsent;
  }

  private void interests() {
    if (!isClosed) {
      int reading = mayTake() && !isDeferred ? SelectionKey.OP_READ : 0;
      int wanted = reading | (unsent() > 0 ? SelectionKey.OP_WRITE : 0);
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }
  }

  @Override
  public void onReady(SelectionKey ready) {
    if (ready.isWritable()) {
      flush();
    }
    if (mayTake() && ready.isReadable()) {
      if (isPatient && reactor.isLate()) {
        isDeferred = true;
        interests();
        reactor.defer(this);
      } else {
        read();
      }
    }
  }

  void readDeferred() {
    isDeferred = false;
    interests();
    if (mayTake()) {
      read();
    }
  }

  private void read() {
    int count;
    try {
      reactor.scratch.clear();
      count = channel.read(reactor.scratch);
    } catch (IOException broken) {
      close("reading failed: " + broken.getMessage());
      return;
    }
    if (count < 0) {
      close("the other side closed it");
      return;
    }
    if (in.waiting() == 0) {
      begunNanos = System.nanoTime();
    }
    in.feed(reactor.scratch.flip());
    pump();
  }

  private void pump() {
    isPumping = true;
    try {
      while (mayTake()) {
        Optional<Bytes> frame = in.next();
        if (frame.isEmpty()) {
          break;
        }
        heardNanos = System.nanoTime();
        begunNanos = heardNanos;
        WireReader body = new WireReader(frame.get());
        owner.onFrame(this, body.octet(), body);
      }
    } catch (FrameException | WireFormatException wrong) {
      owner.onNonsense(this, String.valueOf(wrong.getMessage()));
    } finally {
      isPumping = false;
    }
  }

  /// Gives back memory that nothing waits in.
  void trim() {
    in.trim();
    out.trim();
  }

  /// Ends it, at once and whatever is on its way. Ending it again does nothing.
  void close(String why) {
    if (isClosed) {
      return;
    }
    isClosed = true;
    key.cancel();
    try {
      channel.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
    owner.onClosed(this, why);
  }

  /// Sends a last frame as far as the socket takes it at once, and ends.
  void close(int kind, Bytes body, String why) {
    send(kind, body);
    flush();
    close(why);
  }
}
