package dev.labrys.liveness;

import java.util.Locale;

/// In what way a cluster does not get on.
public enum LivenessFailure {
  /// Nobody leads, and nobody gets as far as a new term.
  NO_LEADER,
  /// Terms grow, and no leader lasts.
  ELECTION_LIVELOCK,
  /// Leaders are elected, and deposed by the higher terms of a node that is cut off from some of
  /// the others: what pre-vote and check-quorum are for.
  DEPOSED_BY_OUTSIDER,
  /// A leader lasts, and entries of its log are not committed.
  LEADER_WITHOUT_COMMIT,
  /// Entries are committed, and not applied everywhere.
  COMMIT_WITHOUT_APPLY,
  /// All nodes are well, and clients get no answer.
  CLIENT_STUCK;

  /// In words.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
