package dev.labrys.toxiproxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What can be done to a stream. First those of Toxiproxy, then ours.
enum ToxicType {
  LATENCY,
  BANDWIDTH,
  SLOW_CLOSE,
  TIMEOUT,
  SLICER,
  LIMIT_DATA,
  RESET_PEER,
  NOOP,
  HOLD,
  DELAY,
  BLACKHOLE,
  MESSAGES;

  /// The type that is called so, in exactly these letters.
  static Optional<ToxicType> named(String word) {
    return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All attributes it has, before anybody has set them.
  Attributes zeroAttributes() {
    return Attributes.zero(
        switch (this) {
          case MESSAGES ->
              List.of(
                  "drop",
                  "duplicate",
                  "reorder",
                  "depth",
                  "hold",
                  "delay",
                  "delay_most",
                  "late",
                  "late_delay",
                  "late_delay_most");
          case LATENCY -> List.of("latency", "jitter");
          case BANDWIDTH -> List.of("rate");
          case SLOW_CLOSE -> List.of("delay");
          case TIMEOUT, RESET_PEER -> List.of("timeout");
          case SLICER -> List.of("average_size", "size_variation", "delay");
          case LIMIT_DATA -> List.of("bytes");
          case HOLD -> List.of("refuse");
          case DELAY -> List.of("delay", "buffer");
          case NOOP, BLACKHOLE -> List.of();
        },
        this == MESSAGES ? List.of("framing", "types", "preset") : List.of());
  }

  /// Makes sure that a toxic of this type can be set so.
  ///
  /// @throws ApiException if it can't, saying what there is
  void check(Attributes given) throws ApiException {
    if (this != MESSAGES) {
      return;
    }
    if (Framings.named(given.word("framing")).isEmpty()) {
      throw new ApiException(400, "framing was invalid, can be " + Framings.NAMES);
    }
    if (!MessageRule.PRESETS.contains(given.word("preset"))) {
      throw new ApiException(
          400, "preset was invalid, can be" + String.join(" ", MessageRule.PRESETS));
    }
  }

  /// A toxic of this type at work on one link.
  Stage stage(Attributes given, RandomGenerator random) {
    return switch (this) {
      case LATENCY -> new Latency(given, random);
      case BANDWIDTH -> new Bandwidth(given);
      case SLOW_CLOSE -> new SlowClose(given);
      case TIMEOUT -> new Timeout(given);
      case SLICER -> new Slicer(given, random);
      case LIMIT_DATA -> new LimitData(given);
      case RESET_PEER -> new ResetPeer(given);
      case NOOP -> new Noop();
      case HOLD -> new Hold(given);
      case DELAY -> new Delay(given);
      case BLACKHOLE -> new Blackhole();
      case MESSAGES -> new Messages(given, random);
    };
  }
}
