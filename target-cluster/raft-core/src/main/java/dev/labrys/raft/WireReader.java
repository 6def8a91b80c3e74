package dev.labrys.raft;

import java.nio.charset.StandardCharsets;

/// Reads what a [WireWriter] wrote, in the same order.
///
/// Whatever the bytes are, it either gives what could have been written so – each number has one
/// way to be written, and others are not accepted – or it complains. It never reserves memory for
/// more than is there.
public final class WireReader {
  private final byte[] array;
  private final int start;
  private final int end;
  private int next;

  /// Reads `bytes` from the first on.
  public WireReader(Bytes bytes) {
    array = bytes.array();
    start = bytes.from();
    end = start + bytes.length();
    next = start;
  }

  /// Reads one byte, as a number from 0 to 255.
  public int octet() throws WireFormatException {
    if (next == end) {
      throw malformed(next, "the bytes end where more are expected");
    }
    return array[next++] & 0xFF;
  }

  /// Reads what [WireWriter#number] wrote.
  public long number() throws WireFormatException {
    int from = next;
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    long number = first & 0x7F;
    for (int shift = 7; shift < Long.SIZE; shift += 7) {
      int octet = octet();
      number |= (octet & 0x7FL) << shift;
      if (octet < 0x80) {
        // The tenth byte has room for one bit of 64 only, and a last byte of zero adds nothing.
        if (octet == 0 || (shift == 63 && octet > 1)) {
          throw malformed(from, "a number that is not written the short way");
        }
        return number;
      }
    }
    throw malformed(from, "a number of more than 64 bits");
  }

  /// Reads what [WireWriter#signed] wrote.
  public long signed() throws WireFormatException {
    long folded = number();
    return (folded >>> 1) ^ -(folded & 1);
  }

  /// Reads a number that is no less than `least` and no more than `most`.
  public long numberWithin(long least, long most) throws WireFormatException {
    int from = next;
    long number = number();
    if (number < least || number > most) {
      throw malformed(
          from, "expected a number from %d to %d, not %d".formatted(least, most, number));
    }
    return number;
  }

  /// Reads the number of things that follow, each of which takes a byte or more.
  public int count() throws WireFormatException {
    int from = next;
    long count = number();
    if (count < 0 || count > end - next) {
      throw malformed(
          from,
          "expected %s bytes at least, and %d are left"
              .formatted(Long.toUnsignedString(count), end - next));
    }
    return (int) count;
  }

  /// Reads what [WireWriter#bytes] wrote. It shares the memory of what is read from.
  public Bytes bytes() throws WireFormatException {
    int length = count();
    next += length;
    return Bytes.sharing(array, next - length, next);
  }

  /// Reads what [WireWriter#text] wrote. Where the bytes are no UTF-8, U+FFFD takes their place.
  public String text() throws WireFormatException {
    int length = count();
    next += length;
    return new String(array, next - length, length, StandardCharsets.UTF_8);
  }

  /// Reads all that is left. It shares the memory of what is read from.
  public Bytes rest() {
    Bytes rest = Bytes.sharing(array, next, end);
    next = end;
    return rest;
  }

  /// How many bytes are left.
  public int left() {
    return end - next;
  }

  /// Complains if bytes are left.
  public void end() throws WireFormatException {
    if (next != end) {
      throw malformed(next, "%d bytes too many".formatted(end - next));
    }
  }

  /// How many bytes have been read.
  public int position() {
    return next - start;
  }

  /// The complaint that `problem` is what begins at `position`.
  public WireFormatException malformedAt(int position, String problem) {
    return new WireFormatException(position, end - start, problem);
  }

  private WireFormatException malformed(int from, String problem) {
    return malformedAt(from - start, problem);
  }
}
