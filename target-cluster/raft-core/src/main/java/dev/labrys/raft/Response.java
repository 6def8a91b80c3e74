package dev.labrys.raft;

/// What a request is told that the state machine does not answer.
public sealed interface Response {

  /// What was asked for has been done.
  record Done() implements Response {}

  /// It was not, or nobody can say.
  ///
  /// @param leader whom to ask instead, if known
  record Refused(Refusal refusal, ServerId leader) implements Response {}

  /// Why a request was refused.
  enum Refusal {
    NOT_LEADER("this server does not lead"),
    BUSY("too many requests wait already"),
    TRANSFERRING("leadership is being handed over"),
    NOT_READY("the leader does not know yet what is committed"),
    CHANGE_UNDER_WAY("the cluster is being changed already"),
    IMPOSSIBLE("no such cluster can be made, or no such server can lead"),
    TRANSFER_FAILED("the other server did not take over in time"),
    /// The one that says nothing about whether the request takes effect.
    LEADERSHIP_LOST("this server stopped leading before the request was done");

    private final String meaning;

    Refusal(String meaning) {
      this.meaning = meaning;
    }

    /// In words.
    public String meaning() {
      return meaning;
    }

    /// Whether a command so refused certainly never takes effect.
    public boolean isDefinite() {
      return this != LEADERSHIP_LOST;
    }
  }
}
