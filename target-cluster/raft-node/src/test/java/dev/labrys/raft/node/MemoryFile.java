package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A file's bytes: as they can be read, and as they would survive the loss of power.
final class MemoryFile {

  /// What a disk writes as a whole, or not at all. Real ones have larger ones; with these, little
  /// data is torn in as many ways as much is there.
  private static final int SECTOR_BYTES = 64;

  private byte[] forced;
  private byte[] bytes;
  private int size;

  MemoryFile(byte[] contents) {
    forced = contents.clone();
    bytes = contents.clone();
    size = contents.length;
  }

  int size() {
    return size;
  }

  byte[] contents() {
    return Arrays.copyOf(bytes, size);
  }

  Bytes forced() {
    return Bytes.copyOf(forced, 0, forced.length);
  }

  void read(int position, byte[] target, int offset, int length) {
    System.arraycopy(bytes, position, target, offset, length);
  }

  void write(int position, byte[] source, int offset, int length) {
    int end = position + length;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(source, offset, bytes, position, length);
    size = Math.max(size, end);
  }

  void truncate(int newSize) {
    Arrays.fill(bytes, newSize, size, (byte) 0);
    size = newSize;
  }

  void force() {
    forced = contents();
  }

  /// Some of what was not forced is lost. Either there is a place up to which all is there and from
  /// which nothing, or each sector decides for itself; and the size may be that of before, the new
  /// one, or one in between.
  void losePower(RandomGenerator random) {
    byte[] after =
        switch (random.nextInt(4)) {
          case 0 -> contents();
          case 1 -> forced;
          case 2 -> mixed(random, random.nextInt(Math.max(size, forced.length) + 1));
          default -> mixed(random, -1);
        };
    forced = after;
    bytes = after.clone();
    size = after.length;
  }

  /// @param cut up to where the new bytes are there; negative if each sector decides
  private byte[] mixed(RandomGenerator random, int cut) {
    byte[] mixed = new byte[mixedSize(random, cut)];
    for (int start = 0; start < mixed.length; start += SECTOR_BYTES) {
      int end = Math.min(start + SECTOR_BYTES, mixed.length);
      int middle = cut < 0 ? (random.nextBoolean() ? end : start) : Math.clamp(cut, start, end);
      copy(bytes, size, mixed, start, middle);
      copy(forced, forced.length, mixed, middle, end);
    }
    return mixed;
  }

  private int mixedSize(RandomGenerator random, int cut) {
    int least = Math.min(size, forced.length);
    int most = Math.max(size, forced.length);
    return switch (random.nextInt(3)) {
      case 0 -> size;
      case 1 -> cut < 0 ? forced.length : Math.clamp(cut, least, most);
      default -> least + random.nextInt(most - least + 1);
    };
  }

  /// Bytes beyond the end of the source are zeros.
  private static void copy(byte[] source, int size, byte[] target, int start, int end) {
    int some = Math.clamp(size - start, 0, end - start);
    System.arraycopy(source, Math.min(start, size), target, start, some);
  }
}
