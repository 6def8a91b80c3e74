package dev.labrys.cluster.links;

import dev.labrys.cluster.Links;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.links.LinkProxy.Place;
import dev.labrys.cluster.links.LinkProxy.Stream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Toxics at the real server, made before there is any connection and never removed: in each
/// direction a delay, and behind it a gate, which is a bandwidth of nothing or of more than enough.
///
/// The real server moves a toxic's bytes on when it is removed, and drops what is not taken off its
/// hands in five seconds, as by a gate that is shut, or for a node that has died. So toxics are
/// changed only, and a delay only while the gate behind it is open. A change that does not come
/// about in less than that, as a receiver that stands still lets none happen, ends the connections:
/// that they break is what networks do, but not that bytes are missing in the middle.
final class StandingToxics implements Toxics {
  private static final String SHUT = "\"rate\":0";
  private static final String OPEN = "\"rate\":1000000000000";
  private static final String DELAY = "delay-";
  private static final String GATE = "gate-";

  private final ToxicApi api;
  private final Place place;

  /// What toxics surely have as attributes, by their names.
  private final Map<String, String> known = new HashMap<>();

  private StandingToxics(ToxicApi api, Place place) {
    this.api = api;
    this.place = place;
  }

  /// Makes them, for a proxy that has none yet.
  static StandingToxics of(ToxicApi api, Place place) throws IOException {
    StandingToxics toxics = new StandingToxics(api, place);
    toxics.make(Map.of());
    return toxics;
  }

  @Override
  public void set(Map<Stream, Optional<Passage>> wanted) throws IOException {
    try {
      for (Stream stream : Stream.values()) {
        Optional<Passage> passage = wanted.getOrDefault(stream, Optional.empty());
        change(GATE + stream.word(), gate(passage));
        if (!isShut(passage)) {
          change(DELAY + stream.word(), delay(passage));
        }
      }
    } catch (UnchangedException stuck) {
      known.clear();
      api.delete(place.name());
      // No byte passes before what keeps it back is there.
      api.createDisabled(place.name(), place.listen(), place.upstream());
      make(wanted);
      api.enable(place.name());
    }
  }

  private void make(Map<Stream, Optional<Passage>> wanted) throws IOException {
    for (Stream stream : Stream.values()) {
      Optional<Passage> passage = wanted.getOrDefault(stream, Optional.empty());
      add(DELAY + stream.word(), "latency", stream, delay(passage));
      add(GATE + stream.word(), "bandwidth", stream, gate(passage));
    }
  }

  private void add(String toxic, String type, Stream stream, String attributes) throws IOException {
    ToxicApi.Taken taken = api.add(place.name(), toxic, type, stream.word(), attributes);
    if (taken != ToxicApi.Taken.YES) {
      throw new IOException("the Toxiproxy server does not take a %s: %s".formatted(type, taken));
    }
    known.put(toxic, attributes);
  }

  private void change(String toxic, String attributes) throws IOException {
    if (!attributes.equals(known.remove(toxic))) {
      api.change(place.name(), toxic, attributes);
    }
    known.put(toxic, attributes);
  }

  private static boolean isShut(Optional<Passage> passage) {
    return passage.filter(Passage.Shut.class::isInstance).isPresent();
  }

  private static String gate(Optional<Passage> passage) {
    return isShut(passage) ? SHUT : OPEN;
  }

  private static String delay(Optional<Passage> passage) throws IOException {
    if (passage.isEmpty()) {
      return Toxics.latency(0, 0);
    }
    return switch (passage.get()) {
      case Passage.Shut _ -> Toxics.latency(0, 0);
      case Passage.Late(long delay, long jitter) -> Toxics.latency(delay, jitter);
      case Passage.Unreliable _ -> throw new IOException("the Toxiproxy server knows no messages");
      case Passage.Lossy _ -> throw new UnsupportedOperationException(Links.NO_PACKETS);
    };
  }
}
