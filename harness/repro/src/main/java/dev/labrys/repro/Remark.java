package dev.labrys.repro;

import dev.labrys.cluster.NodeId;

/// Something that was done to a cluster, or noticed about it.
///
/// @param nanos when, since the theatre was opened
/// @param node whom it concerns
public record Remark(long nanos, NodeId node, Kind kind, String text) {

  /// What sort of thing it is.
  public enum Kind {
    /// A client asks, or is answered.
    CLIENT,
    /// Something is done to the cluster.
    FAULT,
    /// It is undone.
    HEALED
  }
}
