package dev.labrys.cluster.sim;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import java.util.List;
import java.util.function.Predicate;

/// Counts votes as plainly as it can be done, to judge those who count them otherwise (§6).
final class Majority {

  private Majority() {}

  /// Whether more than half of the voters of `configuration` are `in`, and during a change also
  /// more than half of those of before.
  static boolean of(Configuration configuration, Predicate<ServerId> in) {
    return ofAll(configuration.voters(), in)
        && (!configuration.isJoint() || ofAll(configuration.outgoing(), in));
  }

  private static boolean ofAll(List<ServerId> voters, Predicate<ServerId> in) {
    int count = 0;
    for (int i = 0; i < voters.size(); i++) {
      if (in.test(voters.get(i))) {
        count++;
      }
    }
    return 2 * count > voters.size();
  }
}
