package dev.labrys.cluster.sim;

import dev.labrys.raft.Raft;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Stored;
import java.util.random.RandomGenerator;

/// Makes a server each time it starts: the place to put something else, or something wrong.
@FunctionalInterface
public interface ReplicaFactory {

  /// Raft, as the paper has it.
  ReplicaFactory RAFT = withRules(Rules.RAFT);

  /// The server `id` in its next life.
  ///
  /// @param stored what the disk holds
  /// @param random for this server's use alone, and for this start alone
  Replica open(ServerId id, RaftOptions options, Stored stored, RandomGenerator random);

  /// Raft, but for what `rules` has different.
  static ReplicaFactory withRules(Rules rules) {
    return (id, options, stored, random) -> Raft.open(id, options, rules, stored, random);
  }
}
