package dev.labrys.host;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the machine has counted so far that may explain a stall. What it does not count stays 0.
///
/// @param gcNanos that the collector of this JVM took
/// @param stolenNanos that the host gave to others, on all processors together
/// @param throttledNanos in which the cgroup was not allowed to run
/// @param waitedNanos in which somebody waited for a processor
record Counters(long gcNanos, long stolenNanos, long throttledNanos, long waitedNanos) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Path PRESSURE = Path.of("/proc/pressure/cpu");
  private static final Path CGROUP = Path.of("/sys/fs/cgroup/cpu.stat");
  private static final Path CGROUP_1 = Path.of("/sys/fs/cgroup/cpu/cpu.stat");
  private static final Pattern STOLEN = Pattern.compile("^cpu +(?:\\d+ ){7}(\\d+)");
  private static final Pattern WAITED = Pattern.compile("some .*total=(\\d+)");
  private static final Pattern THROTTLED = Pattern.compile("throttled_usec (\\d+)");
  private static final Pattern THROTTLED_1 = Pattern.compile("throttled_time (\\d+)");
  private static final long MILLI = 1_000_000;
  private static final long MICRO = 1_000;

  /// In hundredths of a second, on every Linux there is.
  private static final long TICK = 10 * MILLI;

  /// As they are now.
  static Counters read() {
    long gc = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      gc += Math.max(0, each.getCollectionTime());
    }
    long throttled = number(CGROUP, THROTTLED) * MICRO;
    return new Counters(
        gc * MILLI,
        number(STAT, STOLEN) * TICK,
        throttled > 0 ? throttled : number(CGROUP_1, THROTTLED_1),
        number(PRESSURE, WAITED) * MICRO);
  }

  private static long number(Path file, Pattern pattern) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    } catch (IOException | NumberFormatException notThere) {
      return 0;
    }
  }

  /// What can't be known on this machine, in words.
  static List<String> blindSpots() {
    List<String> blind = new ArrayList<>();
    if (!Files.isReadable(STAT)) {
      blind.add("time stolen by a host: there is no " + STAT);
    }
    if (!Files.isReadable(CGROUP) && !Files.isReadable(CGROUP_1)) {
      blind.add("throttling: there is no " + CGROUP);
    }
    if (!Files.isReadable(PRESSURE)) {
      blind.add("pressure: there is no " + PRESSURE);
    }
    return List.copyOf(blind);
  }

  /// What explains at least half of a stall of so long that ended now, since `before`.
  StallCause explain(Counters before, long stallNanos) {
    long half = stallNanos / 2;
    if (gcNanos - before.gcNanos >= half) {
      return StallCause.GARBAGE_COLLECTION;
    }
    if (throttledNanos - before.throttledNanos >= half) {
      return StallCause.THROTTLED;
    }
    if (stolenNanos - before.stolenNanos >= half) {
      return StallCause.STOLEN;
    }
    return waitedNanos - before.waitedNanos >= half ? StallCause.PRESSURE : StallCause.UNKNOWN;
  }
}
