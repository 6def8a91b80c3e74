package dev.labrys.history;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The one number a run is made from.
///
/// Every consumer of randomness takes a stream of its own by name, so one more draw here does not
/// change what is drawn there.
public record Seed(long number) {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /// An independent generator for the consumer `name`; the same name gives the same numbers.
  public RandomGenerator stream(String name) {
    long mixed = number;
    for (int i = 0; i < name.length(); i++) {
      mixed = mix(mixed + name.charAt(i));
    }
    return FACTORY.create(mix(mixed));
  }

  private static long mix(long z) {
    long bits = z + 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
