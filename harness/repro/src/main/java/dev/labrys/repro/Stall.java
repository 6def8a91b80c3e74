package dev.labrys.repro;

/// How the leader comes to a halt, and what is known by then of the command it was given.
public enum Stall {
  /// Its sleeps take too long, and nothing else happens: the notes' own case. It is given the
  /// command during such a sleep, commits it, and has no chance to say so, as its heartbeat is
  /// late.
  SLEEP("its timers don't fire"),
  /// Its process is frozen, as a machine that its host does not run. Before that, the answers to
  /// what it sent are late, and they get lost: so nobody knows that the command is on a majority of
  /// the logs.
  FREEZE("its process is frozen");

  private final String meaning;

  Stall(String meaning) {
    this.meaning = meaning;
  }

  /// In words.
  public String meaning() {
    return meaning;
  }
}
