package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Entry;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Wire;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;

/// What the log on disk consists of.
///
/// Nothing in it is ever changed: an entry whose index is not after the last one's replaces that
/// and all after it. So what the log says is always what some of its first records say, and a loss
/// of power can only take away the last.
sealed interface SegmentRecord {

  /// The first record of each segment.
  ///
  /// @param base the end of the log where it begins
  record Opening(Seam seam, LogPosition base) implements SegmentRecord {}

  /// An entry.
  ///
  /// @param unforced how many bytes of the segment before this record were not known to survive the
  ///   loss of power when this was written. Whatever is before these had been acknowledged already
  /// @param previousTerm the term of the entry before it
  /// @param following how many entries that follow were written with this one: all of them count,
  ///   or none
  record Written(long unforced, long previousTerm, int following, Entry entry)
      implements SegmentRecord {}

  /// The server was stopped in good order.
  ///
  /// @param unforced as in [Written]
  record Stopped(long unforced) implements SegmentRecord {}

  /// Whether something continues what is there.
  enum Seam {
    CONTINUED,
    STARTED_ANEW
  }

  /// How long an [Opening] can be: two numbers take ten bytes each at most.
  int MOST_OPENING_BYTES = RecordFormat.HEAD_BYTES + 22;

  int OPENING = 1;
  int WRITTEN = 2;
  int STOPPED = 3;

  static Bytes encode(Opening opening) {
    return new WireWriter(24)
        .octet(OPENING)
        .octet(code(opening.seam()))
        .number(opening.base().index())
        .number(opening.base().term())
        .toBytes();
  }

  /// The bytes of a [Written] up to its entry.
  static Bytes encode(long unforced, long previousTerm, int following) {
    return new WireWriter(16)
        .octet(WRITTEN)
        .number(unforced)
        .number(previousTerm)
        .number(following)
        .toBytes();
  }

  static Bytes encode(Stopped stopped) {
    return new WireWriter(8).octet(STOPPED).number(stopped.unforced()).toBytes();
  }

  static SegmentRecord decode(Bytes body) throws WireFormatException {
    WireReader reader = new WireReader(body);
    int kind = reader.octet();
    SegmentRecord record =
        switch (kind) {
          case OPENING ->
              new Opening(seam(reader), new LogPosition(natural(reader), natural(reader)));
          case WRITTEN ->
              new Written(
                  natural(reader),
                  natural(reader),
                  (int) reader.numberWithin(0, Integer.MAX_VALUE),
                  Wire.entry(reader.rest()));
          case STOPPED -> new Stopped(natural(reader));
          default -> throw reader.malformedAt(0, "a kind of record that there is not");
        };
    reader.end();
    return record;
  }

  static int code(Seam seam) {
    return switch (seam) {
      case CONTINUED -> 0;
      case STARTED_ANEW -> 1;
    };
  }

  static Seam seam(WireReader reader) throws WireFormatException {
    return reader.numberWithin(0, 1) == 0 ? Seam.CONTINUED : Seam.STARTED_ANEW;
  }

  private static long natural(WireReader reader) throws WireFormatException {
    return reader.numberWithin(0, Long.MAX_VALUE);
  }
}
