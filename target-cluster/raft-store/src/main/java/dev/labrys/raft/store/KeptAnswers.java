package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.Arrays;

/// What was said to the requests of one session, from the lowest unanswered number on.
///
/// Kept by number, not only for the last request: a client may have several on their way, and they
/// may be executed in any order.
final class KeptAnswers {
  private long lowest = 1;

  /// The answer to request `n` is at `n` modulo the length, a power of two. No bytes: there is none
  /// yet.
  private Bytes[] ring = {Bytes.EMPTY};

  /// The lowest number whose answer the client does not have yet, as far as it has said.
  long lowest() {
    return lowest;
  }

  /// Forgets all below `number`, if there is anything.
  void forgetBelow(long number) {
    if (number - lowest >= ring.length) {
      Arrays.fill(ring, Bytes.EMPTY);
      lowest = number;
    }
    for (; lowest < number; lowest++) {
      ring[place(lowest)] = Bytes.EMPTY;
    }
  }

  /// What was said to `number`, no less than the lowest; no bytes if nothing was.
  Bytes find(long number) {
    return number - lowest < ring.length ? ring[place(number)] : Bytes.EMPTY;
  }

  /// Keeps `answer`, which is not empty. Its number is less than 2³⁰ above the lowest.
  void keep(long number, Bytes answer) {
    if (number - lowest >= ring.length) {
      grow((int) (number - lowest + 1));
    }
    ring[place(number)] = answer;
  }

  private void grow(int needed) {
    Bytes[] old = ring;
    ring = new Bytes[Integer.highestOneBit(needed - 1) << 1];
    Arrays.fill(ring, Bytes.EMPTY);
    for (long number = lowest; number < lowest + old.length; number++) {
      ring[place(number)] = old[(int) number & (old.length - 1)];
    }
  }

  private int place(long number) {
    return (int) number & (ring.length - 1);
  }

  void write(WireWriter writer) {
    long end = lowest + ring.length;
    while (end > lowest && find(end - 1).length() == 0) {
      end--;
    }
    writer.number(lowest).number(end - lowest);
    for (long number = lowest; number < end; number++) {
      writer.bytes(find(number));
    }
  }

  static KeptAnswers read(WireReader reader) throws WireFormatException {
    KeptAnswers kept = new KeptAnswers();
    kept.lowest = reader.numberWithin(1, Long.MAX_VALUE);
    int count = reader.count();
    for (int i = 0; i < count; i++) {
      kept.keep(kept.lowest + i, reader.bytes().compact());
    }
    return kept;
  }
}
