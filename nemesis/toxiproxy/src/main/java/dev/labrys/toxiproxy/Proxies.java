package dev.labrys.toxiproxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// All proxies, by name, and what can be done to them. One thing at a time: whoever uses it holds
/// its lock.
final class Proxies {
  private final Map<String, Proxy> byName = new TreeMap<>();
  private final List<Loop> loops;
  private final Function<String, RandomGenerator> dice;
  private final Metrics metrics;
  private int made;

  /// @param loops share the proxies
  /// @param dice an independent source of random numbers for each name
  Proxies(List<Loop> loops, Function<String, RandomGenerator> dice, Metrics metrics) {
    this.loops = List.copyOf(loops);
    this.dice = dice;
    this.metrics = metrics;
  }

  Collection<Proxy> all() {
    return byName.values();
  }

  Proxy proxy(String name) throws ApiException {
    return Optional.ofNullable(byName.get(name))
        .orElseThrow(() -> new ApiException(404, "proxy not found"));
  }

  Proxy create(Proxy.Wanted wanted) throws ApiException {
    if (byName.containsKey(wanted.name())) {
      throw new ApiException(409, "proxy already exists");
    }
    return make(wanted);
  }

  private Proxy make(Proxy.Wanted wanted) throws ApiException {
    if (byName.size() >= Limits.PROXIES && !byName.containsKey(wanted.name())) {
      throw ApiException.tooMany("proxies", Limits.PROXIES);
    }
    Loop loop = loops.get(made++ % loops.size());
    Proxy proxy = new Proxy(wanted, loop, dice.apply(wanted.name()), metrics);
    if (wanted.isEnabled()) {
      enable(proxy);
    }
    byName.put(wanted.name(), proxy);
    return proxy;
  }

  private static void enable(Proxy proxy) throws ApiException {
    try {
      proxy.enable();
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  private static ApiException failure(IOException failed) {
    return new ApiException(500, String.valueOf(failed.getMessage()));
  }

  /// What is to be changed of a proxy; what is absent stays.
  record Change(Optional<String> listen, Optional<String> upstream, Optional<Boolean> enabled) {}

  void update(Proxy proxy, Change change) throws ApiException {
    boolean isWanted = change.enabled().orElse(proxy.isEnabled());
    String listen = change.listen().orElse(proxy.listen());
    String upstream = change.upstream().orElse(proxy.upstream());
    try {
      if (proxy.differs(listen, upstream)) {
        proxy.move(listen, upstream);
      }
      if (isWanted) {
        proxy.enable();
      } else {
        proxy.disable();
      }
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  void delete(Proxy proxy) throws ApiException {
    byName.remove(proxy.name());
    try {
      proxy.disable();
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  /// Keeps, replaces or makes the proxies that are wanted, and adds each to `done`.
  void populate(List<Proxy.Wanted> all, List<Proxy> done) throws ApiException {
    for (Proxy.Wanted wanted : all) {
      Proxy there = byName.get(wanted.name());
      done.add(there == null ? make(wanted) : replace(there, wanted));
    }
  }

  private Proxy replace(Proxy there, Proxy.Wanted wanted) throws ApiException {
    try {
      if (!there.differs(wanted.listen(), wanted.upstream())) {
        return there;
      }
      there.disable();
    } catch (IOException failed) {
      throw failure(failed);
    }
    return make(wanted);
  }

  /// Switches all on, and takes all toxics away.
  void reset() throws ApiException {
    for (Proxy proxy : byName.values()) {
      enable(proxy);
      for (Toxic toxic : proxy.toxics()) {
        remove(proxy, toxic);
      }
    }
  }

  void add(Proxy proxy, Toxic toxic) throws ApiException {
    if (proxy.toxics().size() >= Limits.TOXICS_OF_A_PROXY) {
      throw ApiException.tooMany("toxics", Limits.TOXICS_OF_A_PROXY);
    }
    try {
      proxy.add(toxic);
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  void update(Proxy proxy, Toxic toxic) throws ApiException {
    try {
      proxy.update(toxic);
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  void remove(Proxy proxy, Toxic toxic) throws ApiException {
    try {
      proxy.remove(toxic);
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  /// Switches all off.
  void close() throws IOException {
    for (Proxy proxy : new ArrayList<>(byName.values())) {
      proxy.disable();
    }
    byName.clear();
  }
}
