package dev.labrys.cluster.links;

import dev.labrys.cluster.Links;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.links.LinkProxy.Place;
import dev.labrys.cluster.links.LinkProxy.Stream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Toxics at a server of ours: there is one for what is wanted of a direction, and none otherwise.
final class ChangingToxics implements Toxics {
  static final String HOLD = "hold";
  static final String MESSAGES = "messages";

  private static final long MILLI = 1_000_000;

  private final ToxicApi api;
  private final Place place;
  private final String framing;

  /// What is surely there; a direction that is not here may have toxics of ours or not.
  private final Map<Stream, Optional<Passage>> known = new EnumMap<>(Stream.class);

  /// Of a proxy that has none yet.
  ///
  /// @param framing of what passes it, if that is known
  ChangingToxics(ToxicApi api, Place place, String framing) {
    this.api = api;
    this.place = place;
    this.framing = framing;
    for (Stream stream : Stream.values()) {
      known.put(stream, Optional.empty());
    }
  }

  @Override
  public void set(Map<Stream, Optional<Passage>> wanted) throws IOException {
    for (Stream stream : Stream.values()) {
      set(stream, wanted.getOrDefault(stream, Optional.empty()));
    }
  }

  private void set(Stream stream, Optional<Passage> wanted) throws IOException {
    Optional<Passage> before = known.remove(stream);
    if (before == null) {
      clear(stream);
      before = Optional.empty();
    }
    if (!Objects.equals(before, wanted)) {
      // The new toxic goes first: nothing is to slip through in between.
      if (wanted.isPresent()) {
        add(stream, wanted.get());
      }
      if (before.isPresent()) {
        api.remove(place.name(), toxic(before.get(), stream));
      }
    }
    known.put(stream, wanted);
  }

  private void clear(Stream stream) throws IOException {
    for (String toxic : api.toxics(place.name())) {
      if (toxic.endsWith("-" + stream.word())) {
        api.remove(place.name(), toxic);
      }
    }
  }

  private void add(Stream stream, Passage passage) throws IOException {
    switch (passage) {
      case Passage.Shut.HELD -> add(stream, passage, HOLD, "");
      case Passage.Shut.RESET -> {}
      case Passage.Late(long delay, long jitter) ->
          add(stream, passage, "latency", Toxics.latency(delay, jitter));
      case Passage.Unreliable unreliable -> add(stream, passage, MESSAGES, unreliable(unreliable));
      case Passage.Lossy _ -> throw new UnsupportedOperationException(Links.NO_PACKETS);
    }
  }

  private String unreliable(Passage.Unreliable unreliable) {
    Passage.Chances chances = unreliable.chances();
    return "%s,\"drop\":%d,\"duplicate\":%d,\"reorder\":%d,\"delay\":%d,\"delay_most\":%d"
        .formatted(
            framed(framing),
            chances.drop(),
            chances.duplicate(),
            chances.reorder(),
            unreliable.leastNanos() / MILLI,
            Toxics.millis(unreliable.mostNanos()));
  }

  static String framed(String framing) {
    return "\"framing\":\"%s\"".formatted(framing);
  }

  private void add(Stream stream, Passage passage, String type, String attributes)
      throws IOException {
    String toxic = toxic(passage, stream);
    ToxicApi.Taken taken = api.add(place.name(), toxic, type, stream.word(), attributes);
    if (taken == ToxicApi.Taken.NO_SUCH_PROXY) {
      // Somebody has removed it; nodes still look for it where it was.
      api.create(place.name(), place.listen(), place.upstream());
      taken = api.add(place.name(), toxic, type, stream.word(), attributes);
    }
    if (taken != ToxicApi.Taken.YES) {
      throw new IOException("the Toxiproxy server took no toxic %s: %s".formatted(type, taken));
    }
  }

  /// Two delays have two names, so that one can be there before the other has gone.
  private static String toxic(Passage passage, Stream stream) {
    String what =
        switch (passage) {
          case Passage.Shut.HELD -> "held";
          case Passage.Shut.RESET -> "reset";
          case Passage.Late(long delay, long jitter) -> "late-%d-%d".formatted(delay, jitter);
          case Passage.Unreliable(Passage.Chances chances, long least, long most) ->
              "unreliable-%d-%d-%d-%d-%d"
                  .formatted(chances.drop(), chances.duplicate(), chances.reorder(), least, most);
          case Passage.Lossy _ -> throw new UnsupportedOperationException(Links.NO_PACKETS);
        };
    return what + "-" + stream.word();
  }
}
