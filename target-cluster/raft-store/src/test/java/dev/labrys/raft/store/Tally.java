package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.Map;
import java.util.TreeMap;

/// A state machine that counts how often each command, a text, was executed, and answers with that
/// number.
final class Tally implements StateMachine {
  private final Map<String, Long> counts = new TreeMap<>();

  Map<String, Long> counts() {
    return counts;
  }

  static Bytes times(long times) {
    return new WireWriter(8).number(times).toBytes();
  }

  @Override
  public Bytes apply(long index, Bytes command) {
    return times(counts.merge(command.text(), 1L, Long::sum));
  }

  @Override
  public Bytes query(Bytes query) {
    return times(counts.getOrDefault(query.text(), 0L));
  }

  @Override
  public Bytes snapshot() {
    WireWriter writer = new WireWriter(64).number(counts.size());
    counts.forEach((command, count) -> writer.text(command).number(count));
    return writer.toBytes();
  }

  @Override
  public void restore(Bytes state) {
    counts.clear();
    WireReader reader = new WireReader(state);
    try {
      for (int left = reader.count(); left > 0; left--) {
        counts.put(reader.text(), reader.number());
      }
    } catch (WireFormatException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
