package dev.labrys.raft;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that don't change.
public final class Bytes {

  /// No bytes.
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int from;
  private final int length;

  private Bytes(byte[] array, int from, int length) {
    this.array = array;
    this.from = from;
    this.length = length;
  }

  /// A copy of `array`.
  public static Bytes copyOf(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array.clone(), 0, array.length);
  }

  /// A copy of the bytes of `array` from `from` up to, not including, `to`.
  public static Bytes copyOf(byte[] array, int from, int to) {
    return sharing(Arrays.copyOfRange(array, from, to), 0, to - from);
  }

  /// The bytes of `array` from `from` up to, not including, `to`, which nobody may change any more.
  static Bytes sharing(byte[] array, int from, int to) {
    return from == to ? EMPTY : new Bytes(array, from, to - from);
  }

  /// `text` in UTF-8.
  public static Bytes of(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return new Bytes(encoded, 0, encoded.length);
  }

  public int length() {
    return length;
  }

  /// The byte at `position`, from 0.
  public byte at(int position) {
    if (position < 0 || position >= length) {
      throw new IndexOutOfBoundsException("byte %d of %d".formatted(position, length));
    }
    return array[from + position];
  }

  /// The bytes from `start` up to, not including, `end`; they share their memory with these.
  public Bytes slice(int start, int end) {
    if (start < 0 || end < start || end > length) {
      throw new IndexOutOfBoundsException("bytes %d..%d of %d".formatted(start, end, length));
    }
    return new Bytes(array, from + start, end - start);
  }

  /// The same bytes, without the memory of much larger ones that they may be a slice of. For
  /// whoever keeps them longer than those.
  public Bytes compact() {
    return length < array.length / 2 ? sharing(toArray(), 0, length) : this;
  }

  /// These, and then `more`.
  public Bytes and(Bytes more) {
    byte[] both = Arrays.copyOfRange(array, from, from + length + more.length);
    System.arraycopy(more.array, more.from, both, length, more.length);
    return new Bytes(both, 0, both.length);
  }

  /// Copies all of them into `target`, the first to `offset`.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(array, from, target, offset, length);
  }

  /// The array that holds the first of them at [#from]. Not to be changed.
  byte[] array() {
    return array;
  }

  int from() {
    return from;
  }

  /// A copy as an array.
  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  /// The text that these are in UTF-8.
  public String text() {
    return new String(array, from, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, from, from + length, that.array, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /// The text if it is plain and short, else the first bytes in hexadecimal.
  @Override
  public String toString() {
    int shown = Math.min(length, 24);
    for (int i = from; i < from + shown; i++) {
      if (array[i] < ' ' || array[i] > '~') {
        String hex = HexFormat.of().formatHex(array, from, from + Math.min(length, 12));
        return length > 12 ? hex + "…(" + length + ")" : hex;
      }
    }
    String text = new String(array, from, shown, StandardCharsets.US_ASCII);
    return "\"" + text + (length > shown ? "…\"(" + length + ")" : "\"");
  }
}
