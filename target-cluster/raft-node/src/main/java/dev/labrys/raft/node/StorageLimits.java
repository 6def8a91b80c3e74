package dev.labrys.raft.node;

/// The sizes of a log's files.
///
/// @param segmentBytes how long a segment grows before the next one is begun. A log shrinks by
///   whole segments
/// @param zeroedBytes by how much a segment is made longer at once, with zeros. Writing where a
///   file has been written before makes forcing it faster, as nothing but the bytes changes
record StorageLimits(long segmentBytes, int zeroedBytes) {
  static final StorageLimits DEFAULTS = new StorageLimits(16 << 20, 1 << 20);
}
