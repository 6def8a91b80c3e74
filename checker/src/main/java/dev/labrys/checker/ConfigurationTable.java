package dev.labrys.checker;

import java.util.Arrays;

/// A set of configurations. Those that agree in everything but the optional operations they have
/// used share an entry, in which only minimal uses are kept: whoever used more can do no more.
final class ConfigurationTable {
  private static final int NONE = -1;

  private final int keyWords;
  private final boolean comparesUses;
  private long[] keys;
  private int[] heads;
  private int[] stamps;
  private int stamp = 1;
  private int entries;

  // The lists of uses: each is a sorted array of group numbers, repeated as often as used.
  private int[][] uses = new int[16][];
  private int[] nextUse = new int[16];
  private int useCount;
  private long useBytes;

  /// @param keyWords how many `long`s make a key
  /// @param comparesUses whether there are optional operations at all
  ConfigurationTable(int keyWords, boolean comparesUses) {
    this.keyWords = keyWords;
    this.comparesUses = comparesUses;
    keys = new long[64 * keyWords];
    heads = new int[64];
    stamps = new int[64];
  }

  /// Forgets everything, in constant time.
  void clear() {
    stamp++;
    if (stamp == 0) {
      // After 2^32 times the old stamps would count again.
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
    entries = 0;
    useCount = 0;
    useBytes = 0;
  }

  /// Whether a configuration is known that can do at least what this one can.
  boolean containsAtLeast(long[] key, int[] used) {
    int entry = find(key);
    if (stamps[entry] != stamp) {
      return false;
    }
    if (!comparesUses) {
      return true;
    }
    for (int use = heads[entry]; use != NONE; use = nextUse[use]) {
      if (Bag.isWithin(uses[use], used)) {
        return true;
      }
    }
    return false;
  }

  /// Adds a configuration, unless one is known that can do at least as much.
  boolean add(long[] key, int[] used) {
    if (2 * (entries + 1) > heads.length) {
      grow();
    }
    int entry = find(key);
    boolean isNew = stamps[entry] != stamp;
    if (isNew) {
      stamps[entry] = stamp;
      System.arraycopy(key, 0, keys, entry * keyWords, keyWords);
      heads[entry] = NONE;
      entries++;
    }
    return comparesUses ? addUse(entry, used) : isNew;
  }

  private boolean addUse(int entry, int[] used) {
    int previous = NONE;
    for (int use = heads[entry]; use != NONE; use = nextUse[use]) {
      if (Bag.isWithin(uses[use], used)) {
        return false;
      }
      if (Bag.isWithin(used, uses[use])) {
        unlink(entry, previous, use);
      } else {
        previous = use;
      }
    }
    if (useCount == uses.length) {
      uses = Arrays.copyOf(uses, 2 * useCount);
      nextUse = Arrays.copyOf(nextUse, 2 * useCount);
    }
    uses[useCount] = used;
    nextUse[useCount] = heads[entry];
    heads[entry] = useCount++;
    useBytes += 24 + 4L * used.length;
    return true;
  }

  private void unlink(int entry, int previous, int use) {
    if (previous == NONE) {
      heads[entry] = nextUse[use];
    } else {
      nextUse[previous] = nextUse[use];
    }
  }

  int size() {
    return entries;
  }

  long bytes() {
    return 8L * keys.length + 8L * heads.length + useBytes + 12L * uses.length;
  }

  private int find(long[] key) {
    int mask = heads.length - 1;
    for (int entry = hash(key, 0) & mask; ; entry = (entry + 1) & mask) {
      if (stamps[entry] != stamp || isAt(entry, key)) {
        return entry;
      }
    }
  }

  private boolean isAt(int entry, long[] key) {
    int from = entry * keyWords;
    for (int i = 0; i < keyWords; i++) {
      if (keys[from + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  private int hash(long[] words, int from) {
    long hash = 0;
    for (int i = 0; i < keyWords; i++) {
      hash = (hash ^ words[from + i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash ^ (hash >>> 32));
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldHeads = heads;
    int[] oldStamps = stamps;
    keys = new long[2 * oldKeys.length];
    heads = new int[2 * oldHeads.length];
    stamps = new int[heads.length];
    int mask = heads.length - 1;
    for (int old = 0; old < oldHeads.length; old++) {
      if (oldStamps[old] == stamp) {
        int entry = hash(oldKeys, old * keyWords) & mask;
        while (stamps[entry] == stamp) {
          entry = (entry + 1) & mask;
        }
        System.arraycopy(oldKeys, old * keyWords, keys, entry * keyWords, keyWords);
        heads[entry] = oldHeads[old];
        stamps[entry] = stamp;
      }
    }
  }
}
