package dev.labrys.raft;

/// What a cluster replicates: the same commands in the same order leave it the same everywhere.
///
/// It is run by the shell, one call at a time.
public interface StateMachine {

  /// Executes the command of the entry `index`, and answers it. The answer, too, is the same
  /// everywhere; a command that makes no sense gets an answer that says so.
  Bytes apply(long index, Bytes command);

  /// Answers `query` and changes nothing.
  Bytes query(Bytes query);

  /// All of it, to be [restored][#restore].
  Bytes snapshot();

  /// Becomes what [#snapshot] gave on some server, or what it was when it was made if `state` is
  /// empty.
  void restore(Bytes state);
}
