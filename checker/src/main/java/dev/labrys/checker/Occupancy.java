package dev.labrys.checker;

import java.util.Arrays;

/// The stretches of time during which some element was certainly inside: after its insertion had
/// returned and before its removal was called. In between, and only there, a container of distinct
/// elements may have been empty.
final class Occupancy {
  private final long[] from;
  private final long[] to;
  private int stretches;

  Occupancy(Elements elements) {
    long[] intervals = new long[elements.size()];
    int count = 0;
    for (int element = 0; element < elements.size(); element++) {
      if (elements.isPresent(element)
          && elements.insertReturn(element) < elements.removeCall(element)) {
        intervals[count++] =
            ((long) elements.insertReturn(element) << 32) | elements.removeCall(element);
      }
    }
    Arrays.sort(intervals, 0, count);
    from = new long[count];
    to = new long[count];
    for (int i = 0; i < count; i++) {
      long start = Placement.at((int) (intervals[i] >>> 32));
      long end = Placement.at((int) intervals[i]);
      if (stretches > 0 && start <= to[stretches - 1]) {
        to[stretches - 1] = Math.max(to[stretches - 1], end);
      } else {
        from[stretches] = start;
        to[stretches] = end;
        stretches++;
      }
    }
  }

  /// The first time after `time` at which nothing need be inside.
  long firstFreeAfter(long time) {
    int at = Arrays.binarySearch(from, 0, stretches, time + 1);
    int stretch = at >= 0 ? at : -at - 2;
    return stretch >= 0 && time + 1 <= to[stretch] ? to[stretch] + 1 : time + 1;
  }
}
