package dev.labrys.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Reads what is needed of the POSIX *ustar* format: names and contents of ordinary files.
final class TarArchive {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;
  private static final long LARGEST_FILE = 1L << 30;

  /// An ordinary file in the archive.
  // The content is handed over, not shared, and nobody compares members.
  @SuppressWarnings("ArrayRecordComponent")
  record Member(String name, byte[] content) {}

  private TarArchive() {}

  /// The ordinary files of a compressed archive.
  ///
  /// @param source what to call it in messages
  static List<Member> gunzipped(byte[] archive, String source) throws IOException {
    List<Member> members = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      byte[] header = in.readNBytes(BLOCK);
      // An archive ends with blocks of zeros.
      while (header.length == BLOCK && header[0] != 0) {
        long size = size(header, source);
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
          throw new IOException(source + " is cut off");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        if (header[TYPE_AT] == '0' || header[TYPE_AT] == 0) {
          members.add(new Member(text(header, 0, NAME_LENGTH), content));
        }
        header = in.readNBytes(BLOCK);
      }
    }
    return members;
  }

  private static long size(byte[] header, String source) throws IOException {
    String octal = text(header, SIZE_AT, SIZE_LENGTH).strip();
    if (!octal.matches("[0-7]{1,11}") || Long.parseLong(octal, 8) > LARGEST_FILE) {
      throw new IOException(
          "%s is no tar archive: a file of '%s' bytes in octal".formatted(source, octal));
    }
    return Long.parseLong(octal, 8);
  }

  private static String text(byte[] header, int start, int length) {
    int end = start;
    while (end < start + length && header[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOfRange(header, start, end), StandardCharsets.UTF_8);
  }
}
