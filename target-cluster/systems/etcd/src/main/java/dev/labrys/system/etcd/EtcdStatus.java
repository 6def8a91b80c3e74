package dev.labrys.system.etcd;

import dev.labrys.cluster.Standing;
import java.util.Optional;

/// What a server of etcd says of itself.
///
/// @param member its number among the members, as text
record EtcdStatus(String member, boolean isLeader, long term) {

  /// Empty if the answer is to another question.
  static Optional<EtcdStatus> of(EtcdJson json) {
    String member = json.text("/header/member_id");
    return member.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EtcdStatus(member, json.text("/leader").equals(member), json.number("/raftTerm")));
  }

  Standing standing() {
    return new Standing(isLeader, term);
  }
}
