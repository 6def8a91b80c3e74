package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;

/// Takes the lines of a trace.
@FunctionalInterface
public interface TraceSink {

  /// One thing that happened.
  ///
  /// @param server where, [ServerId#NOBODY] if at none
  void line(long timeNanos, ServerId server, Topic topic, String text);
}
