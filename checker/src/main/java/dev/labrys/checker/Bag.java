package dev.labrys.checker;

import java.util.Arrays;

/// Bags of numbers as sorted arrays that nobody changes: which optional operations were used.
final class Bag {
  static final int[] EMPTY = {};

  private Bag() {}

  static int[] with(int[] bag, int element) {
    int at = Arrays.binarySearch(bag, element);
    int place = at >= 0 ? at : -at - 1;
    int[] more = new int[bag.length + 1];
    System.arraycopy(bag, 0, more, 0, place);
    more[place] = element;
    System.arraycopy(bag, place, more, place + 1, bag.length - place);
    return more;
  }

  static int[] without(int[] bag, int element) {
    int place = Arrays.binarySearch(bag, element);
    int[] fewer = new int[bag.length - 1];
    System.arraycopy(bag, 0, fewer, 0, place);
    System.arraycopy(bag, place + 1, fewer, place, fewer.length - place);
    return fewer;
  }

  static int count(int[] bag, int element) {
    int count = 0;
    for (int each : bag) {
      count += each == element ? 1 : 0;
    }
    return count;
  }

  /// Whether `small` is part of `large`.
  static boolean isWithin(int[] small, int[] large) {
    if (small.length > large.length) {
      return false;
    }
    int j = 0;
    for (int element : small) {
      while (j < large.length && large[j] < element) {
        j++;
      }
      if (j == large.length || large[j] != element) {
        return false;
      }
      j++;
    }
    return true;
  }
}
