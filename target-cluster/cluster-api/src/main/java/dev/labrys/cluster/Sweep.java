package dev.labrys.cluster;

/// How much of what runs have made outside their folders a clean-up takes.
public enum Sweep {
  /// What belongs to runs whose runner has certainly ended.
  ORPHANS,
  /// What belongs to any run, even to one that is going on.
  ALL
}
