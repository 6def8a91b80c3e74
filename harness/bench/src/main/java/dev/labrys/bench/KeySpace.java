package dev.labrys.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The keys of a system, and what their values may be.
///
/// Each key is written by one client at a time, its values numbered. So a read is right if it
/// brings a value no older than the last one that was acknowledged when it was sent, and no newer
/// than the last one that was sent when it is answered.
final class KeySpace {
  private static final int NUMBER_DIGITS = 19;

  private final int valueBytes;
  private final long[] sent;
  private final long[] acknowledged;

  KeySpace(int keys, int valueBytes) {
    if (keys < 1 || valueBytes < 2 * NUMBER_DIGITS + 2) {
      throw new IllegalArgumentException("%d keys of %d bytes".formatted(keys, valueBytes));
    }
    this.valueBytes = valueBytes;
    this.sent = new long[keys];
    this.acknowledged = new long[keys];
  }

  int keys() {
    return sent.length;
  }

  static byte[] name(int key) {
    return "key-%07d".formatted(key).getBytes(StandardCharsets.US_ASCII);
  }

  /// The next value for `key`.
  byte[] next(int key) {
    sent[key]++;
    byte[] value = new byte[valueBytes];
    Arrays.fill(value, (byte) '.');
    write(sent[key], value, 0);
    write(key, value, NUMBER_DIGITS + 1);
    return value;
  }

  private static void write(long number, byte[] target, int at) {
    long rest = number;
    for (int i = at + NUMBER_DIGITS - 1; i >= at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long read(ByteBuffer source, int at) {
    long number = 0;
    for (int i = at; i < at + NUMBER_DIGITS; i++) {
      number = 10 * number + source.get(source.position() + i) - '0';
    }
    return number;
  }

  /// The last value sent for `key` has been acknowledged.
  void acknowledge(int key) {
    acknowledged[key] = sent[key];
  }

  /// The number of the last value of `key` that has been acknowledged.
  long acknowledged(int key) {
    return acknowledged[key];
  }

  /// Complains if `value` is not one that a read of `key` may bring.
  ///
  /// @param atLeast what was [acknowledged][#acknowledged] when it was sent
  void check(int key, long atLeast, ByteBuffer value) throws IOException {
    if (value.remaining() != valueBytes || read(value, NUMBER_DIGITS + 1) != key) {
      throw new IOException("a read of key %d brings something else".formatted(key));
    }
    long number = read(value, 0);
    if (number < atLeast || number > sent[key]) {
      throw new IOException(
          "a read of key %d brings value %d, where %d was acknowledged and %d is the last one sent"
              .formatted(key, number, atLeast, sent[key]));
    }
  }
}
