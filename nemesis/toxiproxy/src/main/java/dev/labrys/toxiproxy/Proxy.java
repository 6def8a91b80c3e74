package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A proxy as its user sees it: from where, to where, on or off, and what harms it does.
///
/// Whoever calls this holds the lock of [Proxies]. What is changed here is in force in the [Relay]
/// when the call returns.
final class Proxy {
  private final String name;
  private final Loop loop;
  private final Relay relay;
  private final List<Toxic> toxics = new ArrayList<>();

  // The loop reads these two for metrics only.
  private volatile String listen;
  private volatile String upstream;
  private boolean isEnabled;

  Proxy(Wanted wanted, Loop loop, RandomGenerator random, Metrics metrics) {
    this.name = wanted.name();
    this.listen = wanted.listen();
    this.upstream = wanted.upstream();
    this.loop = loop;
    this.relay =
        new Relay(
            loop,
            random,
            (direction, received, sent) -> metrics.count(direction, this, received, sent));
  }

  /// A proxy that somebody asked for.
  record Wanted(String name, String listen, String upstream, boolean isEnabled) {}

  String name() {
    return name;
  }

  /// Where it listens, in numbers, if it ever has; before, what was asked for.
  String listen() {
    return listen;
  }

  String upstream() {
    return upstream;
  }

  boolean isEnabled() {
    return isEnabled;
  }

  /// Those of the upstream direction first, each direction in the order they work in.
  List<Toxic> toxics() {
    List<Toxic> ordered = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      toxics.stream().filter(toxic -> toxic.direction() == direction).forEach(ordered::add);
    }
    return ordered;
  }

  Optional<Toxic> toxic(String toxic) {
    return toxics.stream().filter(each -> each.name().equals(toxic)).findFirst();
  }

  /// Begins to accept, if it does not yet.
  ///
  /// @throws ListenException if it can't, in the words of Toxiproxy
  void enable() throws IOException {
    if (isEnabled) {
      return;
    }
    InetSocketAddress address;
    try {
      address = HostPort.parse(listen).resolve();
    } catch (ListenException wrong) {
      throw new ListenException("listen tcp: " + wrong.text());
    }
    String to = upstream;
    try {
      listen = HostPort.text(loop.call(() -> relay.start(address, to)));
    } catch (IOException failed) {
      throw new ListenException(
          "listen tcp %s: bind: %s"
              .formatted(
                  HostPort.text(address),
                  String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT)));
    }
    isEnabled = true;
  }

  /// Stops accepting and closes all connections, if it is on.
  void disable() throws IOException {
    if (isEnabled) {
      isEnabled = false;
      loop.call(() -> {
        relay.stop();
        return true;
      });
    }
  }

  /// Whether it would have to be stopped for that.
  ///
  /// @throws ListenException if `newListen` makes no sense
  boolean differs(String newListen, String newUpstream) throws ListenException {
    return !resolved(newListen).equals(listen) || !newUpstream.equals(upstream);
  }

  private static String resolved(String newListen) throws ListenException {
    return HostPort.text(HostPort.parse(newListen).resolve());
  }

  /// Goes from and to elsewhere from now on. It is off then.
  void move(String newListen, String newUpstream) throws IOException {
    String resolved = resolved(newListen);
    disable();
    listen = resolved;
    upstream = newUpstream;
  }

  void add(Toxic toxic) throws IOException {
    toxics.add(toxic);
    call(() -> relay.add(toxic));
  }

  void update(Toxic toxic) throws IOException {
    toxics.replaceAll(old -> old.name().equals(toxic.name()) ? toxic : old);
    call(() -> relay.update(toxic));
  }

  void remove(Toxic toxic) throws IOException {
    toxics.removeIf(old -> old.name().equals(toxic.name()));
    call(() -> relay.remove(toxic));
  }

  private void call(Runnable change) throws IOException {
    loop.call(() -> {
      change.run();
      return true;
    });
  }
}
