package dev.labrys.raft;

/// What Raft decides, one small pure function for each rule of the paper.
///
/// [#RAFT] is Raft. Somebody who wants to know what becomes of a cluster that has a rule wrong
/// overrides it.
public interface Rules {

  /// The rules as the paper has them.
  Rules RAFT = new Rules() {};
}
