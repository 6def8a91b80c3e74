package dev.labrys.raft;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes in the making: numbers, texts and other bytes, one after the other.
///
/// What is written stays as it is, so [#toBytes] copies nothing, and more can be written
/// afterwards.
public final class WireWriter {

  /// A little less than what arrays can hold, which some virtual machines want.
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private byte[] array;
  private int length;

  /// Expects to get `capacity` bytes; takes more.
  public WireWriter(int capacity) {
    array = new byte[capacity];
  }

  /// Writes one byte: the lowest eight bits of `octet`.
  public WireWriter octet(int octet) {
    reserve(1);
    array[length++] = (byte) octet;
    return this;
  }

  /// Writes a number, seven bits to a byte and the lowest first: the smaller, the shorter. A
  /// negative one takes ten bytes.
  public WireWriter number(long number) {
    reserve(sizeOfNumber(number));
    long rest = number;
    while ((rest & ~0x7F) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
    return this;
  }

  /// Writes a number that is short if it is close to zero, on either side.
  public WireWriter signed(long number) {
    return number(folded(number));
  }

  /// Writes how many `bytes` there are, and them.
  public WireWriter bytes(Bytes bytes) {
    return number(bytes.length()).rest(bytes);
  }

  /// Writes `text` in UTF-8, and before it how many bytes that takes.
  public WireWriter text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return bytes(Bytes.sharing(encoded, 0, encoded.length));
  }

  /// Writes `bytes`, and not how many they are.
  public WireWriter rest(Bytes bytes) {
    reserve(bytes.length());
    bytes.copyTo(array, length);
    length += bytes.length();
    return this;
  }

  private void reserve(int more) {
    if (more > array.length - length) {
      long needed = (long) length + more;
      if (needed > MOST_BYTES) {
        throw new IllegalStateException(
            "%d bytes are more than the %d that fit".formatted(needed, MOST_BYTES));
      }
      array = Arrays.copyOf(array, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * length)));
    }
  }

  /// How many have been written so far.
  public int length() {
    return length;
  }

  /// All that has been written so far.
  public Bytes toBytes() {
    return Bytes.sharing(array, 0, length);
  }

  /// How many bytes [#number] takes.
  public static int sizeOfNumber(long number) {
    return (70 - Long.numberOfLeadingZeros(number | 1)) / 7;
  }

  /// How many bytes [#bytes] takes.
  public static int sizeOfBytes(Bytes bytes) {
    return sizeOfNumber(bytes.length()) + bytes.length();
  }

  private static long folded(long number) {
    return (number << 1) ^ (number >> 63);
  }
}
