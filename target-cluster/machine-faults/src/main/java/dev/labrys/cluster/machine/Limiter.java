package dev.labrys.cluster.machine;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import java.io.Closeable;
import java.io.IOException;

/// How one kind of cluster holds its nodes to a part of the machine.
public interface Limiter extends Closeable {

  /// How to start a node, so that it can be held to limits.
  Launch prepare(NodeId node, Launch launch) throws IOException;

  /// Leaves a node so much time of a processor; [NodeLimits#UNLIMITED] for what there is.
  void limitCpu(NodeId node, long millionths) throws IOException;

  /// What a node has of memory, in bytes, without copies of files that could be read again.
  long memoryInUse(NodeId node) throws IOException;

  /// Leaves a node so much memory; [NodeLimits#UNLIMITED] for what there is.
  void limitMemory(NodeId node, long bytes) throws IOException;

  /// How often the kernel has ended a node, or a part of it, that wanted more memory than its
  /// limit. The count may begin anew when the node does.
  long memoryKills(NodeId node) throws IOException;

  /// Removes what was made ready. The nodes have ended.
  @Override
  void close() throws IOException;
}
