package dev.labrys.history;

import org.jspecify.annotations.Nullable;

/// Gives the same text object for the same characters, so that function names and keys of a history
/// of millions of operations exist once, and are not even decoded twice.
///
/// Bounded: once full, new texts are simply not shared.
final class TextPool {
  private static final int CAPACITY = 1 << 14;
  private static final int SHARED_AT_MOST = CAPACITY / 2;
  private static final int LENGTH_AT_MOST = 64;

  private final Value.@Nullable Text[] texts = new Value.@Nullable Text[CAPACITY];
  private int size;

  /// The text of `length` bytes of ASCII.
  @SuppressWarnings("deprecation") // The constructor that widens bytes is the fast one for ASCII.
  Value.Text ofAscii(byte[] bytes, int start, int length) {
    if (length > LENGTH_AT_MOST) {
      return new Value.Text(new String(bytes, 0, start, length));
    }
    int hash = 0;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = spread(hash);
    for (Value.Text text; (text = texts[slot]) != null; slot = (slot + 1) & (CAPACITY - 1)) {
      if (isAscii(text.text(), bytes, start, length)) {
        return text;
      }
    }
    return keep(slot, new Value.Text(new String(bytes, 0, start, length)));
  }

  Value.Text of(String text) {
    return of(text.toCharArray(), 0, text.length());
  }

  Value.Text of(char[] chars, int start, int length) {
    if (length > LENGTH_AT_MOST) {
      return new Value.Text(new String(chars, start, length));
    }
    int hash = 0;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + chars[i];
    }
    int slot = spread(hash);
    for (Value.Text text; (text = texts[slot]) != null; slot = (slot + 1) & (CAPACITY - 1)) {
      if (isText(text.text(), chars, start, length)) {
        return text;
      }
    }
    return keep(slot, new Value.Text(new String(chars, start, length)));
  }

  private Value.Text keep(int slot, Value.Text text) {
    if (size < SHARED_AT_MOST) {
      size++;
      texts[slot] = text;
    }
    return text;
  }

  private static int spread(int hash) {
    return (hash * 0x9E3779B9) >>> 18;
  }

  private static boolean isAscii(String text, byte[] bytes, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(String text, char[] chars, int start, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != chars[start + i]) {
        return false;
      }
    }
    return true;
  }
}
