package dev.labrys.cluster.links;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.Passage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One proxy, and what it does to the bytes of its two directions.
final class LinkProxy {
  /// A toxic of ours.
  static final String MESSAGES = "messages";

  private static final long MILLI = 1_000_000;

  private final ToxicApi api;
  private final String name;
  private final String listen;
  private final String upstream;
  private final String framing;

  /// What it surely does; a direction that is not here may have toxics of ours or not.
  private final Map<Stream, Optional<Passage>> known = new EnumMap<>(Stream.class);

  private boolean isSurelyEnabled = true;

  /// A direction of bytes, as the server calls it.
  enum Stream {
    UPSTREAM("upstream"),
    DOWNSTREAM("downstream");

    private final String word;

    Stream(String word) {
      this.word = word;
    }
  }

  /// A proxy without toxics.
  ///
  /// @param listen where it listens, with its port
  /// @param framing of what passes it, if that is known
  LinkProxy(ToxicApi api, String name, String listen, String upstream, String framing) {
    this.framing = framing;
    this.api = api;
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    for (Stream stream : Stream.values()) {
      known.put(stream, Optional.empty());
    }
  }

  /// Where it listens.
  Address address(String host) {
    return new Address(host, Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
  }

  /// Treats the bytes of each direction as wanted; those of one for which nothing is wanted pass.
  void set(Map<Stream, Optional<Passage>> wanted) throws IOException {
    boolean isReset = wanted.containsValue(Optional.of(Passage.Shut.RESET));
    if (isReset) {
      isSurelyEnabled = false;
      api.disable(name);
    }
    for (Stream stream : Stream.values()) {
      set(stream, wanted.getOrDefault(stream, Optional.empty()));
    }
    if (!isReset && !isSurelyEnabled) {
      api.enable(name);
      isSurelyEnabled = true;
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
        api.remove(name, toxic(before.get(), stream));
      }
    }
    known.put(stream, wanted);
  }

  private void clear(Stream stream) throws IOException {
    for (String toxic : api.toxics(name)) {
      if (toxic.endsWith("-" + stream.word)) {
        api.remove(name, toxic);
      }
    }
  }

  private void add(Stream stream, Passage passage) throws IOException {
    switch (passage) {
      case Passage.Shut.HELD -> hold(stream, passage);
      case Passage.Shut.RESET -> {}
      case Passage.Late(long delay, long jitter) ->
          add(
              stream,
              passage,
              "latency",
              "\"latency\":%d,\"jitter\":%d".formatted(millis(delay), millis(jitter)));
      case Passage.Unreliable unreliable -> lose(stream, unreliable);
      case Passage.Lossy _ -> throw new UnsupportedOperationException(Links.NO_PACKETS);
    }
  }

  /// Our own server holds the ends of streams and new connections as well. The real one knows no
  /// such toxic; with a bandwidth of zero it holds bytes, and lets those pass.
  private void hold(Stream stream, Passage passage) throws IOException {
    if (add(stream, passage, "hold", "") == ToxicApi.Taken.UNKNOWN_TYPE) {
      add(stream, passage, "bandwidth", "\"rate\":0");
    }
  }

  private void lose(Stream stream, Passage.Unreliable unreliable) throws IOException {
    Passage.Chances chances = unreliable.chances();
    String attributes =
        "%s,\"drop\":%d,\"duplicate\":%d,\"reorder\":%d,\"delay\":%d,\"delay_most\":%d"
            .formatted(
                framed(framing),
                chances.drop(),
                chances.duplicate(),
                chances.reorder(),
                unreliable.leastNanos() / MILLI,
                millis(unreliable.mostNanos()));
    if (add(stream, unreliable, MESSAGES, attributes) == ToxicApi.Taken.UNKNOWN_TYPE) {
      throw new IOException("the Toxiproxy server knows no messages");
    }
  }

  static String framed(String framing) {
    return "\"framing\":\"%s\"".formatted(framing);
  }

  private ToxicApi.Taken add(Stream stream, Passage passage, String type, String attributes)
      throws IOException {
    String toxic = toxic(passage, stream);
    ToxicApi.Taken taken = api.add(name, toxic, type, stream.word, attributes);
    if (taken == ToxicApi.Taken.NO_SUCH_PROXY) {
      // Somebody has removed it; nodes still look for it where it was.
      api.create(name, listen, upstream);
      taken = api.add(name, toxic, type, stream.word, attributes);
    }
    return taken;
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
    return what + "-" + stream.word;
  }

  /// The server knows no shorter times.
  private static long millis(long nanos) {
    return Math.ceilDiv(nanos, MILLI);
  }

  void delete() throws IOException {
    api.delete(name);
  }
}
