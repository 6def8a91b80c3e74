package dev.labrys.cluster;

/// One direction between two parties: what `from` sends, and `to` hears, whoever opened the
/// connection. As text, `n1>n2`.
public record Way(Party from, Party to) {
  public Way {
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "a way leads to somebody else, not from %s".formatted(from));
    }
  }

  /// The way between two nodes.
  public static Way between(NodeId from, NodeId to) {
    return new Way(new Party.Member(from), new Party.Member(to));
  }

  /// The way of what clients send to `node`.
  public static Way toNode(NodeId node) {
    return new Way(new Party.Clients(), new Party.Member(node));
  }

  /// The way of what `node` sends to clients.
  public static Way toClients(NodeId node) {
    return new Way(new Party.Member(node), new Party.Clients());
  }

  @Override
  public String toString() {
    return from + ">" + to;
  }
}
