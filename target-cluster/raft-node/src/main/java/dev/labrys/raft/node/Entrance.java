package dev.labrys.raft.node;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A port that others connect to, and those who did: how many there may be, how long they may take
/// to say who they are, and how long they may be silent.
///
/// When it is full, a newcomer takes the place of whoever has not said who it is, or else of
/// whoever has been silent longest; so a crowd of idle connections keeps nobody out.
final class Entrance implements Reactor.Watcher, Timed {
  private static final long SWEEP = 100_000_000;
  private static final long AFTER_FAILURE = 100_000_000;
  private static final int ACCEPTED_AT_ONCE = 64;

  /// How long somebody may take over a frame, as a multiple of what is allowed for the first.
  private static final int SLOWEST_FRAME = 4;

  private final String name;
  private final Reactor reactor;
  private final Connection.Owner owner;
  private final Limits limits;
  private final NodeLog log;
  private final BoundPort port;
  private final SelectionKey key;
  private final Set<Connection> inside = new LinkedHashSet<>();
  private long nextSweep = Long.MAX_VALUE;
  private long reopening = Long.MAX_VALUE;

  /// What those who come in are held to.
  ///
  /// @param connections at most
  /// @param handshakeNanos until somebody has said who it is
  /// @param idleNanos that somebody who waits for nothing may be silent
  /// @param helloBytes of the frame by which somebody says who it is
  /// @param incompleteBytes of all frames together that have begun and are not complete
  record Limits(
      int connections, long handshakeNanos, long idleNanos, int helloBytes, long incompleteBytes) {}

  /// @param name of the port, in log lines
  Entrance(
      String name,
      BoundPort port,
      Reactor reactor,
      Connection.Owner owner,
      Limits limits,
      NodeLog log)
      throws IOException {
    this.name = name;
    this.reactor = reactor;
    this.owner = owner;
    this.limits = limits;
    this.log = log;
    this.port = port;
    this.key = reactor.watch(port.channel(), 0, this);
  }

  /// From now on, lets others in.
  void open() {
    key.interestOps(SelectionKey.OP_ACCEPT);
  }

  @Override
  public void onReady(SelectionKey ready) {
    try {
      for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
        SocketChannel newcomer = port.channel().accept();
        if (newcomer == null) {
          return;
        }
        admit(newcomer);
      }
    } catch (IOException failed) {
      // Out of file descriptors, most likely: they who wait are accepted when there are some again.
      key.interestOps(0);
      reopening = System.nanoTime() + AFTER_FAILURE;
      log.event("accept-failed").with("port", name).with("why", failed.toString()).write();
    }
  }

  private void admit(SocketChannel newcomer) throws IOException {
    if (inside.size() >= limits.connections() && !makeRoom()) {
      log.event("connection-refused")
          .with("port", name)
          .with("why", "all %d connections are busy".formatted(inside.size()))
          .write();
      newcomer.close();
      return;
    }
    try {
      inside.add(new Connection(reactor, newcomer, owner, limits.helloBytes()));
    } catch (IOException gone) {
      newcomer.close();
      return;
    }
    nextSweep = Math.min(nextSweep, System.nanoTime() + SWEEP);
  }

  private boolean makeRoom() {
    Connection least = null;
    for (Connection each : inside) {
      if (!each.guest().isBusy() && (least == null || isLess(each, least))) {
        least = each;
      }
    }
    if (least == null) {
      return false;
    }
    refuse(least, "it made room for another");
    return true;
  }

  private static boolean isLess(Connection one, Connection other) {
    if (one.guest().isKnown() != other.guest().isKnown()) {
      return other.guest().isKnown();
    }
    return one.heardNanos() - other.heardNanos() < 0;
  }

  /// Ends `connection`, which did not behave.
  void refuse(Connection connection, String why) {
    refused(connection, why);
    connection.close(why);
  }

  /// Notes that `connection` was refused.
  void refused(Connection connection, String why) {
    log.event("connection-refused")
        .with("port", name)
        .with("from", connection.remote())
        .with("why", why)
        .write();
  }

  /// `connection` is closed.
  void left(Connection connection) {
    inside.remove(connection);
  }

  /// All who are in.
  List<Connection> inside() {
    return new ArrayList<>(inside);
  }

  @Override
  public long wakeNanos() {
    return Math.min(nextSweep, reopening);
  }

  @Override
  public void onTime(long now) {
    if (now >= reopening) {
      reopening = Long.MAX_VALUE;
      open();
    }
    if (now >= nextSweep) {
      sweep(now);
      nextSweep = inside.isEmpty() ? Long.MAX_VALUE : now + SWEEP;
    }
  }

  private void sweep(long now) {
    long incomplete = 0;
    for (Connection each : inside()) {
      long silent = now - each.heardNanos();
      if (!each.guest().isKnown() && silent > limits.handshakeNanos()) {
        refuse(each, "it did not say in time who it is");
      } else if (each.owesSince(now - SLOWEST_FRAME * limits.handshakeNanos())) {
        refuse(each, "a frame took too long");
      } else if (!each.guest().isBusy() && silent > limits.idleNanos()) {
        refuse(each, "it was silent for too long");
      } else {
        incomplete += each.incomplete();
        if (incomplete > limits.incompleteBytes()) {
          refuse(each, "too many bytes of incomplete frames are kept already");
        } else if (silent > SWEEP) {
          each.trim();
        }
      }
    }
  }

  /// Lets nobody in any more. Those who are inside stay.
  void shut() {
    key.cancel();
    reopening = Long.MAX_VALUE;
    port.close();
  }
}
