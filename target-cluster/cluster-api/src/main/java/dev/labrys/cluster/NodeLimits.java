package dev.labrys.cluster;

import java.util.EnumSet;
import java.util.Set;

/// How much of the machine a node may use at most. It holds for a node that serves: one that is
/// starting may use what there is.
///
/// @param cpuMillionths of the time of one processor, in millionths; [#UNLIMITED] for what there is
/// @param memoryRoomBytes that it may have beyond what it uses when this begins, or else is ended;
///   [#UNLIMITED] for what there is
/// @param descriptors what it may open
public record NodeLimits(long cpuMillionths, long memoryRoomBytes, Descriptors descriptors) {

  /// As much as there is.
  public static final long UNLIMITED = Long.MAX_VALUE;

  /// Nothing is limited.
  public static final NodeLimits NONE = new NodeLimits(UNLIMITED, UNLIMITED, Descriptors.AS_USUAL);

  /// Less than that no kernel allows.
  private static final long LEAST_CPU = 10_000;

  private static final long MOST_CPU = 1_000_000_000;
  private static final long MOST_ROOM = 1L << 50;

  /// What becomes of descriptors of files and sockets.
  public enum Descriptors {
    AS_USUAL,
    /// No more can be open than are when this begins.
    NO_MORE
  }

  public NodeLimits {
    if (cpuMillionths != UNLIMITED && (cpuMillionths < LEAST_CPU || cpuMillionths > MOST_CPU)) {
      throw new IllegalArgumentException(
          "a limit of processor time is from 1% to 100000% of one, not "
              + cpuMillionths / 1e4
              + "%");
    }
    if (memoryRoomBytes != UNLIMITED && (memoryRoomBytes < 0 || memoryRoomBytes > MOST_ROOM)) {
      throw new IllegalArgumentException(
          "room for memory is from 0 bytes to a pebibyte, not " + memoryRoomBytes);
    }
  }

  /// Some time of a processor, and as much of all else as there is.
  public static NodeLimits cpu(long millionths) {
    return new NodeLimits(millionths, UNLIMITED, Descriptors.AS_USUAL);
  }

  /// Some more memory, and as much of all else as there is.
  public static NodeLimits memory(long roomBytes) {
    return new NodeLimits(UNLIMITED, roomBytes, Descriptors.AS_USUAL);
  }

  /// No more files and sockets, and as much of all else as there is.
  public static NodeLimits noDescriptors() {
    return new NodeLimits(UNLIMITED, UNLIMITED, Descriptors.NO_MORE);
  }

  /// These and `others`.
  public NodeLimits and(NodeLimits others) {
    return new NodeLimits(
        Math.min(cpuMillionths, others.cpuMillionths),
        Math.min(memoryRoomBytes, others.memoryRoomBytes),
        descriptors == Descriptors.NO_MORE ? descriptors : others.descriptors);
  }

  /// What a deployment must be able to do for them.
  public Set<Capability> needs() {
    EnumSet<Capability> needs = EnumSet.noneOf(Capability.class);
    if (cpuMillionths != UNLIMITED) {
      needs.add(Capability.LIMIT_CPU);
    }
    if (memoryRoomBytes != UNLIMITED) {
      needs.add(Capability.LIMIT_MEMORY);
    }
    if (descriptors != Descriptors.AS_USUAL) {
      needs.add(Capability.LIMIT_DESCRIPTORS);
    }
    return needs;
  }
}
