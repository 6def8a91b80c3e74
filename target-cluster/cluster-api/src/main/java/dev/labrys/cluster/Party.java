package dev.labrys.cluster;

/// Somebody who sends bytes to nodes and hears some from them.
public sealed interface Party {

  /// A node, which speaks to the port for peers of the others.
  record Member(NodeId node) implements Party {
    @Override
    public String toString() {
      return node.name();
    }
  }

  /// The clients, all of them, which speak to the port for clients.
  record Clients() implements Party {
    @Override
    public String toString() {
      return "clients";
    }
  }
}
