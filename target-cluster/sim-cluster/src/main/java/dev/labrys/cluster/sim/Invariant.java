package dev.labrys.cluster.sim;

/// What must never happen in a cluster, whatever goes wrong around it.
///
/// The first five are those of Figure 3.2 of the thesis. They say what Raft is for, and a cluster
/// may break them long after the mistake. The others are the promises they rest on, which are
/// broken by the mistake itself.
public enum Invariant {
  /// At most one server is elected in a term, and that by a majority.
  ELECTION_SAFETY("Election Safety", "§5.2, thesis §3.4"),
  /// A leader never overwrites or deletes entries in its log; it only appends new ones.
  LEADER_APPEND_ONLY("Leader Append-Only", "§5.3, thesis §3.5"),
  /// Two logs that have an entry with the same index and term are the same up to it.
  LOG_MATCHING("Log Matching", "§5.3, thesis §3.5"),
  /// An entry committed in a term is in the logs of the leaders of all later terms.
  LEADER_COMPLETENESS("Leader Completeness", "§5.4, thesis §3.6"),
  /// What one server applied at an index, no other server differs from.
  STATE_MACHINE_SAFETY("State Machine Safety", "§5.4.3, thesis §3.6.3"),
  /// What a leader takes for committed is stored by a majority of the voters.
  COMMITMENT("Commitment", "§5.3 and §5.4.2, thesis §3.6.2"),
  /// A server's commit index grows as long as it runs.
  MONOTONE_COMMIT_INDEX("Monotone Commit Index", "Figure 2, commitIndex"),
  /// A server's term grows, and whoever heard of it may rely on it after a restart.
  MONOTONE_TERM("Monotone Term", "§5.1 and Figure 2, currentTerm"),
  /// A server votes for one candidate in a term, whatever it went through in between.
  VOTE_DURABILITY("Vote Durability", "§5.2 and Figure 2, votedFor"),
  /// What a server says it has stored, it has stored, and keeps.
  LOG_DURABILITY("Log Durability", "Figure 2, log[]; thesis §3.8"),
  /// A server applies every entry once, in the order of the log.
  APPLY_ORDER("Apply Order", "Figure 2, lastApplied; §7"),
  /// A read sees all that was committed when it was asked for.
  LINEARIZABLE_READS("Linearizable Reads", "§8, thesis §6.4"),
  /// A request is answered for what it asked for, not for what another did.
  ANSWERS_MATCH_REQUESTS("Answers Match Requests", "§8, thesis §6.3"),
  /// A command that a client sent again takes effect once.
  EXACTLY_ONCE("Exactly Once", "§8, thesis §6.3");

  private final String title;
  private final String section;

  Invariant(String title, String section) {
    this.title = title;
    this.section = section;
  }

  /// Its name in the thesis, or one like those.
  public String title() {
    return title;
  }

  /// Where the paper says so, or the thesis.
  public String section() {
    return section;
  }
}
