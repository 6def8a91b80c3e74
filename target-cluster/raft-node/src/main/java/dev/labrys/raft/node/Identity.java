package dev.labrys.raft.node;

import dev.labrys.raft.ServerId;

/// Who a server is: which one of which cluster.
record Identity(String cluster, ServerId server) {
  private static final String CLUSTER = "[A-Za-z0-9._-]{1,64}";

  Identity {
    if (!cluster.matches(CLUSTER)) {
      throw new IllegalArgumentException(
          "a cluster is called by 1 to 64 letters, digits, dots, dashes and underlines, not \"%s\""
              .formatted(cluster));
    }
    if (server.equals(ServerId.NOBODY)) {
      throw new IllegalArgumentException("servers are numbered from 1");
    }
  }

  @Override
  public String toString() {
    return "%s of cluster %s".formatted(server, cluster);
  }
}
