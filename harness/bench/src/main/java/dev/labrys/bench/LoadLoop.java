package dev.labrys.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// All clients of a measurement, in one thread: what they cost should be little beside what they
/// measure.
///
/// If requests are driven by their rate, each has a time at which it should begin, and its duration
/// counts from there: when the system stands still, those that could not be sent meanwhile are as
/// late as they would be for users ("coordinated omission" is when they are left out). Without a
/// rate, a client that waits sends nothing, so durations tell how long clients waited that have
/// nothing else to do, and not what others would meet that come at their own times.
final class LoadLoop implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  /// Without an answer for that long, something is broken.
  private static final long PATIENCE = 20 * SECOND;

  private final Load load;
  private final KeySpace keys;
  private final IntFunction<byte[]> names;
  private final RandomGenerator random;
  private final Selector selector;
  private final List<LoadConnection> all = new ArrayList<>();
  private final Deque<LoadConnection> idle = new ArrayDeque<>();
  private final LatencyHistogram latencies = new LatencyHistogram();

  private long end;

  /// When the next request should begin, if they are driven by their rate.
  private long nextBegin;

  private long lastHeard;

  /// @param latencies of the requests that were answered within the time
  /// @param nanos how long that was
  record Measured(LatencyHistogram latencies, long nanos) {
    double perSecond() {
      return latencies.count() * (double) SECOND / nanos;
    }
  }

  /// Connects the clients.
  ///
  /// @param nodes that they connect to, by turns
  /// @param talk makes the protocol's side of a connection to a node
  LoadLoop(
      Load load,
      KeySpace keys,
      List<InetSocketAddress> nodes,
      Function<InetSocketAddress, Talk> talk,
      RandomGenerator random)
      throws IOException {
    this.load = load;
    this.keys = keys;
    this.random = random;
    byte[][] known = new byte[keys.keys()][];
    for (int key = 0; key < known.length; key++) {
      known[key] = KeySpace.name(key);
    }
    this.names = key -> known[key];
    this.selector = Selector.open();
    for (int i = 0; i < load.clients(); i++) {
      InetSocketAddress node = nodes.get(i % nodes.size());
      all.add(new LoadConnection(i, node, talk.apply(node), selector));
    }
    lastHeard = System.nanoTime();
    while (!all.stream().allMatch(LoadConnection::isWelcome)) {
      await(MILLI, _ -> {});
    }
  }

  private interface Answered {
    void on(LoadConnection client) throws IOException;
  }

  private void await(long nanos, Answered answered) throws IOException {
    long millis = (nanos + MILLI - 1) / MILLI;
    int ready = millis > 0 ? selector.select(millis) : selector.selectNow();
    long now = System.nanoTime();
    if (ready > 0) {
      lastHeard = now;
    } else if (now - lastHeard > PATIENCE && idle.size() < all.size()) {
      throw new IOException("nothing was answered for %d s".formatted(PATIENCE / SECOND));
    }
    for (SelectionKey each : selector.selectedKeys()) {
      LoadConnection client = (LoadConnection) each.attachment();
      if (client.receive()) {
        answered.on(client);
      }
    }
    selector.selectedKeys().clear();
  }

  /// Lets every key have a value.
  void fill() throws IOException {
    int next = 0;
    idle.addAll(all);
    while (next < keys.keys() || idle.size() < all.size()) {
      while (next < keys.keys() && !idle.isEmpty()) {
        LoadConnection client = idle.remove();
        client.key = next++;
        client.put(names.apply(client.key), keys.next(client.key));
      }
      await(
          SECOND,
          client -> {
            keys.acknowledge(client.key);
            idle.add(client);
          });
    }
    idle.clear();
  }

  /// Measures for as long as `nanos`.
  Measured run(long nanos) throws IOException {
    latencies.clear();
    long start = System.nanoTime();
    end = start + nanos;
    nextBegin = start;
    lastHeard = start;
    idle.addAll(all);
    beginDue(start);
    // Driven by the rate, what is late by now is sent all the same: it counts most of all.
    while ((load.isDrivenByRate() ? nextBegin : System.nanoTime()) < end) {
      await(load.isDrivenByRate() ? MILLI : SECOND, this::answered);
      beginDue(System.nanoTime());
    }
    while (idle.size() < all.size()) {
      await(SECOND, this::answered);
    }
    idle.clear();
    return new Measured(latencies, nanos);
  }

  private void answered(LoadConnection client) throws IOException {
    long now = System.nanoTime();
    if (load.operation() == Load.Operation.PUT) {
      keys.acknowledge(client.key);
    } else {
      keys.check(client.key, client.atLeast, client.talk().found());
    }
    // Driven by the rate, all count, however late they end.
    if (load.isDrivenByRate() || now < end) {
      latencies.add(now - client.begunNanos);
    }
    if (load.isDrivenByRate() || now >= end) {
      idle.add(client);
    } else {
      begin(client, now);
    }
  }

  /// Begins what should have begun by `now`, as far as clients are idle.
  private void beginDue(long now) throws IOException {
    if (!load.isDrivenByRate()) {
      while (now < end && !idle.isEmpty()) {
        begin(idle.remove(), System.nanoTime());
      }
      return;
    }
    while (nextBegin <= now && nextBegin < end && !idle.isEmpty()) {
      begin(idle.remove(), nextBegin);
      nextBegin += SECOND / load.perSecond();
    }
  }

  private void begin(LoadConnection client, long begunNanos) throws IOException {
    client.begunNanos = begunNanos;
    switch (load.operation()) {
      case PUT -> {
        client.key = ownKey(client);
        client.put(names.apply(client.key), keys.next(client.key));
      }
      case GET -> {
        client.key = random.nextInt(keys.keys());
        client.atLeast = keys.acknowledged(client.key);
        client.get(names.apply(client.key));
      }
    }
  }

  /// A key that no other client writes.
  private int ownKey(LoadConnection client) {
    int owned = keys.keys() / all.size();
    return random.nextInt(owned) * all.size() + client.number();
  }

  @Override
  public void close() throws IOException {
    for (LoadConnection each : all) {
      each.close();
    }
    selector.close();
  }
}
