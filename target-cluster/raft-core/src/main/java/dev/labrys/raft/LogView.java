package dev.labrys.raft;

/// A server's log as it stands in memory, to be read.
public interface LogView {

  /// The last entry that a snapshot has replaced.
  LogPosition snapshot();

  /// The end of the log.
  LogPosition last();

  /// The term of the entry at `index`, that of the snapshot's position included.
  ///
  /// @throws IndexOutOfBoundsException if the log does not have it, or no more
  long termAt(long index);

  /// The entry at `index`.
  ///
  /// @throws IndexOutOfBoundsException if the log does not have it, or no more
  Entry at(long index);
}
