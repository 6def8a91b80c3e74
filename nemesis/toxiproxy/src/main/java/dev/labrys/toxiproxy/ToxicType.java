package dev.labrys.toxiproxy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What can be done to a stream. First those of Toxiproxy, then ours.
enum ToxicType {
  LATENCY("latency", Latency::new, "latency", "jitter"),
  BANDWIDTH("bandwidth", (given, _) -> new Bandwidth(given), "rate"),
  SLOW_CLOSE("slow_close", (given, _) -> new SlowClose(given), "delay"),
  TIMEOUT("timeout", (given, _) -> new Timeout(given), "timeout"),
  SLICER("slicer", Slicer::new, "average_size", "size_variation", "delay"),
  LIMIT_DATA("limit_data", (given, _) -> new LimitData(given), "bytes"),
  RESET_PEER("reset_peer", (given, _) -> new ResetPeer(given), "timeout"),
  NOOP("noop", (_, _) -> new Noop()),
  HOLD("hold", (given, _) -> new Hold(given), "refuse"),
  DELAY("delay", (given, _) -> new Delay(given), "delay", "buffer"),
  BLACKHOLE("blackhole", (_, _) -> new Blackhole());

  private final String word;
  private final Maker maker;
  private final List<String> attributes;

  private interface Maker {
    Stage make(Attributes attributes, RandomGenerator random);
  }

  ToxicType(String word, Maker maker, String... attributes) {
    this.word = word;
    this.maker = maker;
    this.attributes = List.of(attributes);
  }

  /// The type that is called so, in exactly these letters.
  static Optional<ToxicType> named(String word) {
    return Stream.of(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  Attributes zeroAttributes() {
    return Attributes.zero(attributes);
  }

  Stage stage(Attributes given, RandomGenerator random) {
    return maker.make(given, random);
  }
}
