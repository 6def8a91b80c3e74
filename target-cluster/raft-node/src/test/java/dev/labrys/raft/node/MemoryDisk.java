package dev.labrys.raft.node;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A disk that forgets nothing while its test runs, and fails when it is told to.
final class MemoryDisk implements Disk {
  private HardState state;
  private Snapshot snapshot;
  private List<Entry> entries = new ArrayList<>();
  private String failure = "";

  MemoryDisk(Configuration initial) {
    Stored blank = Stored.initial(initial);
    state = blank.state();
    snapshot = blank.snapshot();
  }

  /// From now on, nothing can be written any more, and `why`.
  synchronized void fail(String why) {
    failure = why;
  }

  @Override
  public synchronized Stored stored() {
    return new Stored(state, snapshot, entries);
  }

  @Override
  public synchronized void write(Effect.Persist write) throws IOException {
    check();
    state = write.state();
    if (!write.entries().isEmpty()) {
      long first = write.entries().getFirst().index();
      entries.removeIf(entry -> entry.index() >= first);
      entries.addAll(write.entries());
    }
  }

  @Override
  public synchronized void write(Effect.SaveSnapshot write) throws IOException {
    check();
    LogPosition last = write.snapshot().last();
    boolean isContinued = entries.stream().anyMatch(entry -> entry.position().equals(last));
    entries.removeIf(entry -> !isContinued || entry.index() <= last.index());
    snapshot = write.snapshot();
  }

  @Override
  public synchronized void sync() throws IOException {
    check();
  }

  private void check() throws IOException {
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }

  @Override
  public void close() {}
}
