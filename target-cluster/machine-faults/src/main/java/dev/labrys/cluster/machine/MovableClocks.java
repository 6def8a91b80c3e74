package dev.labrys.cluster.machine;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.WallClock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The wall clocks of a cluster's nodes, which can be wrong.
final class MovableClocks implements Closeable {

  /// Smaller steps than that a node hardly notices.
  private static final long TICK_MILLIS = 50;

  /// As far as two looks at right clocks may differ, in milliseconds.
  private static final long TOLERANCE = 20;

  private static final int MOST_LOOKS = 40;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double MILLI = 1e6;

  private final Path folder;
  private final Faketime faketime = Faketime.find();
  private final Map<NodeId, MovableClock> clocks = new ConcurrentHashMap<>();

  /// Nodes of which nobody has seen yet that they have the time they should have.
  private final Set<NodeId> unseen = ConcurrentHashMap.newKeySet();

  private final ScheduledThreadPoolExecutor ticker;
  private final ScheduledFuture<?> ticks;
  private volatile String failure = "";

  /// @param folder of the run; theirs are below it until they are closed
  /// @throws UnsupportedOperationException if there can't be any here, saying why
  MovableClocks(Path folder) {
    this.folder = folder;
    this.ticker =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("movable-clocks").factory());
    this.ticks =
        ticker.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    for (MovableClock each : clocks.values()) {
      if (!each.isSteady()) {
        try {
          each.tick();
        } catch (IOException stuck) {
          failure = stuck.toString();
        }
      }
    }
  }

  /// The files and folders that a node has to see.
  Set<Path> views(NodeId node) throws IOException {
    return Set.of(faketime.library(), of(node).folder());
  }

  /// What a node is to be started with.
  ///
  /// @param seen where it sees something of this machine
  SortedMap<String, String> environment(NodeId node, UnaryOperator<Path> seen) throws IOException {
    return Faketime.environment(seen.apply(faketime.library()), seen.apply(of(node).folder()));
  }

  private MovableClock of(NodeId node) throws IOException {
    MovableClock known = clocks.get(node);
    if (known == null) {
      known = new MovableClock(folder.resolve(node.name() + ".clock"));
      clocks.put(node, known);
    }
    return known;
  }

  /// Lets the clock of a node be wrong as said. Whether the node noticed, [#check] tells.
  void set(NodeId node, WallClock wished) throws IOException {
    MovableClock clock = of(node);
    clock.set(wished);
    unseen.add(node);
  }

  /// Whether a node is still to be asked for its time.
  boolean isUnseen(NodeId node) {
    return unseen.contains(node);
  }

  /// Makes sure of the time of a node that runs, if it has changed since that was last done.
  ///
  /// @param answer what the node says, in milliseconds
  /// @throws IOException if it has another one than it should
  void check(NodeId node, Supplier<OptionalLong> answer) throws IOException {
    if (!unseen.contains(node)) {
      return;
    }
    String seen = "";
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      if (!failure.isEmpty()) {
        throw new IOException("the clock of %s can't be set: %s".formatted(node, failure));
      }
      seen = look(of(node), answer);
      if (seen.isEmpty()) {
        unseen.remove(node);
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new IOException("%s has not the time that it should have: %s".formatted(node, seen));
  }

  /// What is wrong; empty if nothing is.
  private static String look(MovableClock clock, Supplier<OptionalLong> answer) {
    long shownBefore = clock.shownNanos();
    long before = System.currentTimeMillis();
    OptionalLong said = answer.get();
    long after = System.currentTimeMillis();
    long shownAfter = clock.shownNanos();
    if (said.isEmpty()) {
      return "it does not tell";
    }
    double least = before + Math.min(shownBefore, shownAfter) / MILLI - TOLERANCE;
    double most = after + Math.max(shownBefore, shownAfter) / MILLI + TOLERANCE;
    return said.getAsLong() >= least && said.getAsLong() <= most
        ? ""
        : "it is ahead by %d ms, not by %d"
            .formatted(said.getAsLong() - before, Math.round(shownAfter / MILLI));
  }

  /// Clocks don't change any more, and their files are gone.
  @Override
  public void close() throws IOException {
    ticks.cancel(false);
    ticker.shutdown();
    try {
      ticker.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    for (MovableClock each : clocks.values()) {
      Files.deleteIfExists(each.folder().resolve(Faketime.CLOCK + ".new"));
      Files.deleteIfExists(each.folder().resolve(Faketime.CLOCK));
      Files.deleteIfExists(each.folder());
    }
  }
}
