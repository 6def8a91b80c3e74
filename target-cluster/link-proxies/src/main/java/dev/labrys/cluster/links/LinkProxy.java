package dev.labrys.cluster.links;

import com.google.gson.JsonParseException;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Passage;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One proxy, and what it does to the bytes of its two directions.
final class LinkProxy {
  private static final String HELD = "held-";
  private static final String LATE = "late-";
  private static final long MILLI = 1_000_000;

  private final Proxy proxy;

  /// What it surely does; a direction that is not here may have toxics of ours or not.
  private final Map<ToxicDirection, Optional<Passage>> known = new EnumMap<>(ToxicDirection.class);

  private boolean isSurelyEnabled = true;

  /// A proxy without toxics.
  LinkProxy(Proxy proxy) {
    this.proxy = proxy;
    for (ToxicDirection direction : ToxicDirection.values()) {
      known.put(direction, Optional.empty());
    }
  }

  /// Where it listens.
  Address address(String host) {
    String listen = proxy.getListen();
    return new Address(host, Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
  }

  /// Treats the bytes of each direction as wanted; those of one for which nothing is wanted pass.
  void set(Map<ToxicDirection, Optional<Passage>> wanted) throws IOException {
    try {
      boolean isReset = wanted.containsValue(Optional.of(Passage.Shut.RESET));
      if (isReset) {
        isSurelyEnabled = false;
        proxy.disable();
      }
      for (Map.Entry<ToxicDirection, Optional<Passage>> each : wanted.entrySet()) {
        set(each.getKey(), each.getValue());
      }
      if (!isReset && !isSurelyEnabled) {
        proxy.enable();
        isSurelyEnabled = true;
      }
    } catch (JsonParseException strange) {
      throw new IOException("the server answers strangely: " + strange.getMessage(), strange);
    }
  }

  private void set(ToxicDirection direction, Optional<Passage> wanted) throws IOException {
    Optional<Passage> before = known.remove(direction);
    if (before == null) {
      clear(direction);
      before = Optional.empty();
    }
    if (!Objects.equals(before, wanted)) {
      // The new toxic goes first: nothing is to slip through in between.
      if (wanted.isPresent()) {
        add(direction, wanted.get());
      }
      if (before.isPresent()) {
        remove(direction, before.get());
      }
    }
    known.put(direction, wanted);
  }

  private void clear(ToxicDirection direction) throws IOException {
    for (Toxic toxic : proxy.toxics().getAll()) {
      if (toxic.getName().endsWith(suffix(direction))) {
        toxic.remove();
      }
    }
  }

  private void add(ToxicDirection direction, Passage passage) throws IOException {
    switch (passage) {
      case Passage.Shut.HELD -> proxy.toxics().bandwidth(HELD + suffix(direction), direction, 0);
      case Passage.Shut.RESET -> {}
      case Passage.Late late -> {
        var toxic =
            proxy.toxics().latency(name(late, direction), direction, millis(late.delayNanos()));
        if (late.jitterNanos() > 0) {
          toxic.setJitter(millis(late.jitterNanos()));
        }
      }
    }
  }

  private void remove(ToxicDirection direction, Passage passage) throws IOException {
    switch (passage) {
      case Passage.Shut.HELD -> proxy.toxics().get(HELD + suffix(direction)).remove();
      case Passage.Shut.RESET -> {}
      case Passage.Late late -> proxy.toxics().get(name(late, direction)).remove();
    }
  }

  /// Two delays have two names, so that one can be there before the other has gone.
  private static String name(Passage.Late late, ToxicDirection direction) {
    return "%s%d-%d-%s".formatted(LATE, late.delayNanos(), late.jitterNanos(), suffix(direction));
  }

  /// The server knows no shorter times.
  private static long millis(long nanos) {
    return Math.ceilDiv(nanos, MILLI);
  }

  private static String suffix(ToxicDirection direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  void delete() throws IOException {
    proxy.delete();
  }
}
