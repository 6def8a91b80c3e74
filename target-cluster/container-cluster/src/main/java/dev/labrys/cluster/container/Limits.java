package dev.labrys.cluster.container;

import java.util.Optional;
import java.util.OptionalLong;

/// What a node may use of the machine.
///
/// @param cpus that many at most, such as 0.5; 0 for no limit
/// @param memoryBytes beyond which it is ended; 0 for no limit
public record Limits(double cpus, long memoryBytes) {
  private static final double NANO = 1e9;
  private static final long LEAST_MEMORY = 6L << 20;

  public Limits {
    if (!(cpus >= 0 && cpus < 1024)) {
      throw new IllegalArgumentException("a node uses from 0 to 1023 cpus, not " + cpus);
    }
    if (memoryBytes != 0 && memoryBytes < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "a container takes at least 6 MiB of memory, not " + memoryBytes + " bytes");
    }
  }

  /// Whatever there is.
  public static Limits none() {
    return new Limits(0, 0);
  }

  OptionalLong nanoCpus() {
    return cpus == 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(cpus * NANO));
  }

  Optional<Long> memory() {
    return memoryBytes == 0 ? Optional.empty() : Optional.of(memoryBytes);
  }
}
