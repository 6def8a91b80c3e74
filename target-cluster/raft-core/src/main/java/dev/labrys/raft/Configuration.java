package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Which servers are the cluster, and who of them decides (§6).
///
/// @param voters those who vote and whose copies count
/// @param outgoing during a change, the voters of before, a majority of whom must agree as well
/// @param learners those who only receive; during a change, those of after
public record Configuration(
    List<ServerId> voters, List<ServerId> outgoing, List<ServerId> learners) {

  /// No server at all.
  public static final Configuration NONE = new Configuration(List.of(), List.of(), List.of());

  public Configuration {
    voters = ordered(voters);
    outgoing = ordered(outgoing);
    learners = ordered(learners);
    for (ServerId learner : learners) {
      if (voters.contains(learner)) {
        throw new IllegalArgumentException(learner + " can't be a learner and a voter");
      }
    }
    if (voters.isEmpty() && !outgoing.isEmpty()) {
      throw new IllegalArgumentException("a change must leave voters");
    }
  }

  private static List<ServerId> ordered(List<ServerId> servers) {
    List<ServerId> ordered = List.copyOf(new TreeSet<>(servers));
    if (ordered.contains(ServerId.NOBODY)) {
      throw new IllegalArgumentException("nobody is no member");
    }
    return ordered;
  }

  /// The servers n1, n2 … all of which vote.
  public static Configuration ofVoters(int count) {
    List<ServerId> voters = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      voters.add(new ServerId(number));
    }
    return new Configuration(voters, List.of(), List.of());
  }

  /// Whether two majorities must agree.
  public boolean isJoint() {
    return !outgoing.isEmpty();
  }

  /// What a change leads to.
  public Configuration afterChange() {
    return new Configuration(voters, List.of(), learners);
  }

  public boolean isVoter(ServerId server) {
    return voters.contains(server) || outgoing.contains(server);
  }

  public boolean isMember(ServerId server) {
    return isVoter(server) || learners.contains(server);
  }

  /// All of them, in order.
  public List<ServerId> members() {
    TreeSet<ServerId> members = new TreeSet<>(voters);
    members.addAll(outgoing);
    members.addAll(learners);
    return List.copyOf(members);
  }

  @Override
  public String toString() {
    return voters
        + (isJoint() ? " and " + outgoing : "")
        + (learners.isEmpty() ? "" : " learning " + learners);
  }
}
