package dev.labrys.raft;

/// An entry of the log.
public record Entry(long index, long term, Content content) {
  public Entry {
    if (index < 1 || term < 1) {
      throw new IllegalArgumentException(
          "entries have index and term from 1, not %d and %d".formatted(index, term));
    }
  }

  public LogPosition position() {
    return new LogPosition(index, term);
  }
}
