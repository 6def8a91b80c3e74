package dev.labrys.cluster;

/// What a deployment may or may not be able to do to its nodes, on this machine. Starting, stopping
/// and killing are no capabilities: every deployment can.
public enum Capability {
  PAUSE("freeze a node and let it run on"),
  CUT_LINKS("stop bytes between nodes"),
  CUT_ONE_WAY("stop bytes from one node to another, and not those back"),
  DELAY_LINKS("make bytes from one node to another late"),
  DROP_MESSAGES("lose, double and reorder single messages from one node to another"),
  DROP_PACKETS("lose single packets from one node to another"),
  STALL_TIMERS("let the timers of a node be late"),
  DRIFT_TIMERS("let the timers of a node go faster or slower"),
  TRANSFER_LEADERSHIP("have a node lead"),
  CHANGE_MEMBERS("take a node out of the cluster and in again"),
  SHIFT_CLOCK("move the wall clock of a node"),
  LOSE_UNSYNCED_WRITES("lose what a node wrote and did not sync"),
  FILL_DISK("leave a node no disk space"),
  STALL_DISK("let syncs of a node's disk not come back"),
  PROTECT_DISK("let a node write nothing to its disk"),
  FAIL_SYNCS("let syncs of a node's disk fail"),
  DELAY_SYNCS("let syncs of a node's disk take longer"),
  LIMIT_CPU("leave a node little time of a processor"),
  LIMIT_MEMORY("leave a node little memory, and end it if it takes more"),
  LIMIT_DESCRIPTORS("let a node open no more files and sockets"),
  DAMAGE_FILES("damage files of a node while it is down"),
  WIPE_FILES("take all files from a node while it is down"),
  ROLL_BACK_FILES("give a node the files back that it had before it was started");

  private final String meaning;

  Capability(String meaning) {
    this.meaning = meaning;
  }

  /// In words: `freeze a node and let it run on`.
  public String meaning() {
    return meaning;
  }
}
