package dev.labrys.cluster;

/// Something that can be done to a node of any cluster.
///
/// Pulling a lever twice is the same as pulling it once, and a lever that does not apply does
/// nothing: whoever heals need not know what was broken.
public enum Lever {
  /// Starts a stopped node.
  START,
  /// Asks a node to end by itself, and waits for it. A paused node is resumed first.
  STOP,
  /// Ends a node at once, without a chance to write anything more.
  KILL,
  /// Ends a node at once, as a loss of power does: what it wrote and did not sync is lost.
  CUT_POWER,
  /// Freezes a running node.
  PAUSE,
  /// Lets a paused node run on.
  RESUME;

  /// What a node in the state `before` does once this lever has been pulled.
  public NodeState after(NodeState before) {
    return switch (this) {
      case START -> before == NodeState.STOPPED ? NodeState.RUNNING : before;
      case STOP, KILL, CUT_POWER -> NodeState.STOPPED;
      case PAUSE -> before == NodeState.RUNNING ? NodeState.PAUSED : before;
      case RESUME -> before == NodeState.PAUSED ? NodeState.RUNNING : before;
    };
  }
}
