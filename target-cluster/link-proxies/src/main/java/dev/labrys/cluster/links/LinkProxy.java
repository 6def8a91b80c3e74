package dev.labrys.cluster.links;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Passage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// One proxy, and what it does to the bytes of its two directions.
final class LinkProxy {
  private final ToxicApi api;
  private final Place place;
  private final Toxics toxics;
  private boolean isSurelyEnabled = true;

  /// A direction of bytes, as the server calls it.
  enum Stream {
    UPSTREAM("upstream"),
    DOWNSTREAM("downstream");

    private final String word;

    Stream(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// What a proxy is called, where it listens, with its port, and where it connects to.
  record Place(String name, String listen, String upstream) {}

  /// A proxy that is enabled.
  LinkProxy(ToxicApi api, Place place, Toxics toxics) {
    this.api = api;
    this.place = place;
    this.toxics = toxics;
  }

  /// Where it listens.
  Address address(String host) {
    String listen = place.listen();
    return new Address(host, Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
  }

  /// Treats the bytes of each direction as wanted; those of one for which nothing is wanted pass.
  void set(Map<Stream, Optional<Passage>> wanted) throws IOException {
    boolean wasEnabled = isSurelyEnabled;
    isSurelyEnabled = false;
    if (wanted.containsValue(Optional.of(Passage.Shut.RESET))) {
      api.disable(place.name());
      return;
    }
    toxics.set(wanted);
    if (!wasEnabled) {
      api.enable(place.name());
    }
    isSurelyEnabled = true;
  }

  void delete() throws IOException {
    api.delete(place.name());
  }
}
