package dev.labrys.history;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// A growing buffer of text in UTF-8, for writing histories quickly.
final class Utf8Buffer {
  private static final int INITIAL_CAPACITY = 1 << 12;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /// Gives up what was written after the buffer had `length` bytes.
  void truncate(int length) {
    size = length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  Utf8Buffer ascii(char character) {
    reserve(1);
    bytes[size++] = (byte) character;
    return this;
  }

  @SuppressWarnings("deprecation") // The copy that narrows characters is the fast one for ASCII.
  Utf8Buffer ascii(String text) {
    int length = text.length();
    reserve(length);
    text.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  Utf8Buffer number(long number) {
    if (number < 0) {
      return ascii(Long.toString(number));
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    long rest = number;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /// Writes `text` in quotes, with the escapes that JSON and EDN have in common.
  Utf8Buffer quoted(String text) {
    ascii('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      if (character >= ' ' && character < 0x7f && character != '"' && character != '\\') {
        ascii(character);
      } else if (character < 0x80) {
        escaped(character);
      } else if (Character.isHighSurrogate(character)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        codePoint(Character.toCodePoint(character, text.charAt(++i)));
      } else if (Character.isSurrogate(character)) {
        unicodeEscape(character);
      } else {
        codePoint(character);
      }
    }
    return ascii('"');
  }

  private void escaped(char character) {
    switch (character) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> unicodeEscape(character);
    }
  }

  /// Writes a UTF-16 code unit as four hexadecimal digits.
  Utf8Buffer unicodeEscape(char character) {
    ascii("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      ascii((char) HEX[(character >> shift) & 0xf]);
    }
    return this;
  }

  /// Writes a code point that is not a surrogate.
  Utf8Buffer codePoint(int codePoint) {
    reserve(4);
    if (codePoint < 0x80) {
      bytes[size++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      bytes[size++] = (byte) (0xc0 | (codePoint >> 6));
      continuation(codePoint);
    } else if (codePoint < 0x10000) {
      bytes[size++] = (byte) (0xe0 | (codePoint >> 12));
      continuation(codePoint >> 6);
      continuation(codePoint);
    } else {
      bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
      continuation(codePoint >> 12);
      continuation(codePoint >> 6);
      continuation(codePoint);
    }
    return this;
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3f));
  }
}
