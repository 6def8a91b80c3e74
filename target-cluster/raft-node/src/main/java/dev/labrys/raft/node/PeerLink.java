package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The way to another server: a connection that is opened again whenever it is lost.
///
/// A connection may be dead without either side being told, as when a network swallows what it is
/// given; the operating system then waits longer and longer before it tries again. So pings ask
/// whether the other side is there. When it does not answer, another connection is opened *beside*
/// the old one and takes its place once it works: if only the way back is cut, the old one still
/// carries messages.
final class PeerLink implements Connection.Owner, Dialer.Caller, Timed {
  private static final long MILLI = 1_000_000;
  private static final long PING = 1_000 * MILLI;
  private static final long PATIENCE = 3_000 * MILLI;
  private static final long SHORTEST_WAIT = 20 * MILLI;
  private static final long LONGEST_WAIT = 500 * MILLI;
  private static final int LEAST_UNSENT = 8 << 20;

  private final ServerId peer;
  private final Bytes hello;
  private final int mostUnsent;
  private final Reactor reactor;
  private final Dialer dialer;
  private final NodeLog log;

  private HostPort address;
  private @Nullable Connection current;
  private boolean isWelcome;

  /// Opened while it was in doubt whether the current one works.
  private @Nullable Connection candidate;

  /// A connection that is being opened.
  private Dialer.@Nullable Call call;

  private long heardNanos;
  private long nextPing;
  private long nextDial;
  private long waitNanos = SHORTEST_WAIT;
  private long dropped;

  /// Why the peer could not be reached, if that has been logged.
  private String lastComplaint = "";

  /// @param hello how this server introduces itself
  /// @param mostPayload bytes of the largest message
  PeerLink(
      ServerId peer,
      HostPort address,
      Bytes hello,
      int mostPayload,
      Reactor reactor,
      Dialer dialer,
      NodeLog log) {
    this.peer = peer;
    this.address = address;
    this.hello = hello;
    this.mostUnsent = Math.max(LEAST_UNSENT, mostPayload);
    this.reactor = reactor;
    this.dialer = dialer;
    this.log = log;
    this.nextDial = System.nanoTime();
  }

  HostPort address() {
    return address;
  }

  /// Whether the peer has answered on the connection there is.
  boolean isUp() {
    return current != null && isWelcome;
  }

  /// Messages that were dropped, as there was no connection or too much waited for it.
  long dropped() {
    return dropped;
  }

  /// From now on, the peer is there.
  void move(HostPort newAddress) {
    if (!newAddress.equals(address)) {
      address = newAddress;
      close("the address of the peer has changed");
      waitNanos = SHORTEST_WAIT;
      redial();
    }
  }

  /// The peer is there, as one knows from elsewhere: if there is no connection, it is time.
  void redial() {
    if (current == null) {
      nextDial = System.nanoTime();
    }
  }

  void send(Message message) {
    Connection way = current;
    if (way == null || way.unsent() > mostUnsent) {
      dropped++;
    } else {
      way.send(PeerFrame.MESSAGE, PeerFrame.encode(message));
    }
  }

  @Override
  public long wakeNanos() {
    boolean mayDial = call == null && candidate == null;
    long dial = Long.MAX_VALUE;
    if (mayDial) {
      dial = current == null ? nextDial : Math.max(nextDial, heardNanos + PATIENCE);
    }
    long ping = current == null ? Long.MAX_VALUE : nextPing;
    return Math.min(dial, ping);
  }

  @Override
  public void onTime(long now) {
    if (current != null && now >= nextPing) {
      nextPing = now + PING;
      current.send(PeerFrame.PING, Bytes.EMPTY);
      if (candidate != null && now - candidate.heardNanos() > PATIENCE) {
        candidate.close("it does not answer");
      }
    }
    boolean isInDoubt = current == null || now - heardNanos >= PATIENCE;
    if (isInDoubt && call == null && candidate == null && now >= nextDial) {
      call = dialer.dial(address, this);
    }
  }

  @Override
  public void onUnreachable(String why) {
    call = null;
    if (!why.equals(lastComplaint)) {
      lastComplaint = why;
      log.event("peer-unreachable").with("peer", peer.toString()).with("why", why).write();
    }
    waitLonger();
  }

  private void waitLonger() {
    nextDial = System.nanoTime() + waitNanos;
    waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT);
  }

  @Override
  public void onConnected(SocketChannel channel) throws IOException {
    Connection opened = new Connection(reactor, channel, this, PeerFrame.HELLO_BYTES);
    call = null;
    opened.send(PeerFrame.HELLO, hello);
    if (current == null) {
      // Used at once, welcome or not: the way back may be cut, and messages may get lost anyway.
      use(opened);
    } else {
      candidate = opened;
    }
  }

  private void use(Connection opened) {
    current = opened;
    isWelcome = false;
    heardNanos = System.nanoTime();
    nextPing = heardNanos + PING;
  }

  @Override
  public void onFrame(Connection connection, int kind, WireReader body)
      throws FrameException, WireFormatException {
    switch (kind) {
      case PeerFrame.WELCOME -> {
        body.end();
        welcome(connection);
      }
      case PeerFrame.PONG -> {
        body.end();
        if (connection == current) {
          heardNanos = System.nanoTime();
        }
      }
      case PeerFrame.REFUSED -> {
        waitNanos = LONGEST_WAIT;
        connection.close("the peer refused: " + body.text());
      }
      default -> throw new FrameException("a frame of kind " + kind + ", which nobody asked for");
    }
  }

  @Override
  public void onNonsense(Connection connection, String why) {
    connection.close(why);
  }

  private void welcome(Connection connection) {
    if (connection == candidate) {
      Connection old = current;
      candidate = null;
      use(connection);
      if (old != null) {
        old.close("another one has taken its place");
      }
    }
    isWelcome = true;
    lastComplaint = "";
    heardNanos = System.nanoTime();
    waitNanos = SHORTEST_WAIT;
    log.event("peer-up").with("peer", peer.toString()).with("address", connection.remote()).write();
  }

  @Override
  public void onClosed(Connection connection, String why) {
    if (connection == candidate) {
      candidate = null;
      waitLonger();
    } else if (connection == current) {
      log.event("peer-down").with("peer", peer.toString()).with("why", why).write();
      current = null;
      waitLonger();
      takeCandidate();
    }
  }

  private void takeCandidate() {
    if (candidate != null) {
      Connection opened = candidate;
      candidate = null;
      use(opened);
    }
  }

  /// Gives up the connection there is, and the one that is being opened.
  void close(String why) {
    if (call != null) {
      call.giveUp();
      call = null;
    }
    if (candidate != null) {
      candidate.close(why);
    }
    if (current != null) {
      current.close(why);
    }
  }
}
