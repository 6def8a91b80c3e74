package dev.labrys.repro;

/// An axis on which equal distances are equal factors.
///
/// @param low what is at `from`
/// @param high what is at `to`
record LogAxis(double low, double high, double from, double to) {
  LogAxis {
    if (!(low > 0 && low < high)) {
      throw new IllegalArgumentException("no factor leads from %s to %s".formatted(low, high));
    }
  }

  /// Where `value` is; what is beyond an end is at the end.
  double at(double value) {
    double share = Math.log(Math.clamp(value, low, high) / low) / Math.log(high / low);
    return from + share * (to - from);
  }

  double at(long value) {
    return at((double) value);
  }
}
