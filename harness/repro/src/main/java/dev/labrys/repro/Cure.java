package dev.labrys.repro;

import dev.labrys.raft.RaftOptions;
import java.util.List;

/// What is done against the sleep stall.
public enum Cure {
  /// Nothing: Raft as the labs have it built.
  NONE("as in the labs", "–", ""),
  NO_OP(
      "no-op entry",
      "the labs forbid it: their commands must get the indices that the tests expect",
      "no-op=true"),
  LONG_TIMEOUT(
      "election timeout 2..4 s",
      "for so long nobody replaces a leader that is dead",
      "election-min=2s election-max=4s"),
  PRE_VOTE(
      "PreVote + CheckQuorum",
      "it is for nodes that are cut off; here, those that stand are right that nobody leads",
      "pre-vote=true check-quorum=true"),
  NEXT_COMMAND("a next command", "somebody has to send it; the tests of the labs may not", "");

  private static final String LAB = "no-op=false reads=log pre-vote=false check-quorum=false";

  private final String title;
  private final String price;
  private final String options;

  Cure(String title, String price, String options) {
    this.title = title;
    this.price = price;
    this.options = options;
  }

  public String title() {
    return title;
  }

  /// What speaks against it, in words.
  public String price() {
    return price;
  }

  /// How the Raft is told, each `key=value`.
  public List<String> options() {
    return List.of((LAB + " " + options).strip().split(" ", -1));
  }

  /// The same, understood.
  public RaftOptions raft() {
    return RaftOptions.parse(options());
  }
}
