package dev.labrys.raft.node;

import java.time.Duration;
import java.util.List;

/// Whom a [NodeClient] asks, and how.
///
/// @param nodes where nodes listen for clients, as `host:port`; asked in this order
/// @param cluster the only one that will do; empty for any
/// @param redirects what becomes of a request that comes to a node which does not lead
/// @param attempt how long one node is waited for before another is asked, where asking twice is
///   safe
public record ClientOptions(
    List<String> nodes, String cluster, Redirects redirects, Duration attempt) {

  /// What to do when a node says that it does not lead.
  public enum Redirects {
    /// Ask the node that it names, or the next one, until the deadline.
    FOLLOW,
    /// Take it as the answer: the request is refused.
    REFUSE
  }

  public ClientOptions {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a client needs a node to ask");
    }
    nodes.forEach(OptionsReader::peerAddress);
    if (!attempt.isPositive()) {
      throw new IllegalArgumentException("an attempt must last longer than " + attempt);
    }
  }

  /// A client of whichever of `nodes` leads.
  public static ClientOptions of(List<String> nodes) {
    return new ClientOptions(nodes, "", Redirects.FOLLOW, Duration.ofSeconds(2));
  }
}
