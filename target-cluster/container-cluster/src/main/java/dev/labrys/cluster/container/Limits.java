package dev.labrys.cluster.container;

import dev.labrys.cluster.NodeLimits;

/// What a node may use of the machine.
///
/// @param cpus that many at most, such as 0.5; 0 for no limit
/// @param memoryBytes beyond which it is ended; 0 for no limit
public record Limits(double cpus, long memoryBytes) {
  /// For which the engine counts the time of processors, in microseconds.
  static final long PERIOD_MICROS = 100_000;

  /// What engines take for none.
  private static final long NO_LIMIT = -1;

  /// More than there is. Engines don't take back a limit of memory, and on control groups of the
  /// first version not one of swap space either.
  private static final long NO_MEMORY_LIMIT = 1L << 50;

  private static final long LEAST_QUOTA = 1_000;
  private static final double MILLION = 1e6;
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

  /// What it may have in each [period][#PERIOD_MICROS], in microseconds.
  ///
  /// @param millionths of one processor that it may have at most for now
  long cpuQuota(long millionths) {
    double share = Math.min(cpus == 0 ? Double.MAX_VALUE : cpus, cpus(millionths));
    return share == Double.MAX_VALUE
        ? NO_LIMIT
        : Math.max(LEAST_QUOTA, Math.round(share * PERIOD_MICROS));
  }

  private static double cpus(long millionths) {
    return millionths == NodeLimits.UNLIMITED ? Double.MAX_VALUE : millionths / MILLION;
  }

  /// What it may have of memory, in bytes.
  ///
  /// @param bytes that it may have at most for now
  long memory(long bytes) {
    return Math.min(
        Math.min(memoryBytes == 0 ? NO_MEMORY_LIMIT : memoryBytes, bytes), NO_MEMORY_LIMIT);
  }

  /// What it may have with swap space. That counts as well: else a node would only get slow.
  ///
  /// @param bytes as for [#memory]
  long memoryWithSwap(long bytes) {
    long memory = memory(bytes);
    return memory == NO_MEMORY_LIMIT ? 2 * NO_MEMORY_LIMIT : memory;
  }
}
