package dev.labrys.raft;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What a majority of a cluster agrees on – during a change, a majority of the voters of before and
/// one of those of after (§6).
final class Quorum {

  private Quorum() {}

  /// Whether enough voters are in favour.
  static boolean isReached(Configuration configuration, Predicate<ServerId> isInFavour) {
    return isMajority(configuration.voters(), isInFavour)
        && (!configuration.isJoint() || isMajority(configuration.outgoing(), isInFavour));
  }

  /// Nobody is no majority, not even of nobody.
  private static boolean isMajority(List<ServerId> voters, Predicate<ServerId> isInFavour) {
    int inFavour = 0;
    for (int i = 0; i < voters.size(); i++) {
      if (isInFavour.test(voters.get(i))) {
        inFavour++;
      }
    }
    return inFavour > voters.size() / 2;
  }

  /// The largest number that enough voters have reached.
  static long reached(Configuration configuration, ToLongFunction<ServerId> number) {
    long reached = reached(configuration.voters(), number);
    return configuration.isJoint()
        ? Math.min(reached, reached(configuration.outgoing(), number))
        : reached;
  }

  private static long reached(List<ServerId> voters, ToLongFunction<ServerId> number) {
    if (voters.isEmpty()) {
      return Long.MIN_VALUE;
    }
    long[] numbers = new long[voters.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number.applyAsLong(voters.get(i));
    }
    Arrays.sort(numbers);
    // A majority is at or above the one in the middle; of an even number, the lower of the two.
    return numbers[(numbers.length - 1) / 2];
  }
}
