package dev.labrys.cluster.machine;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import dev.labrys.cluster.NodeLimits.Descriptors;
import dev.labrys.cluster.NodeState;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What the nodes of a cluster should be held to, and are.
///
/// Limits are there once a node serves: who has hardly any time to start, or too little memory,
/// would not come back from another fault.
final class LimitedNodes implements Closeable {

  /// A node that is at work takes and gives back memory while it is measured.
  private static final int MOST_ATTEMPTS = 20;

  private static final int MOST_LOOKS = 10;

  private final RunningNodes nodes;
  private final Limiter limiter;
  private final Map<NodeId, NodeLimits> wished = new ConcurrentHashMap<>();
  private final Map<NodeId, NodeLimits> held = new ConcurrentHashMap<>();

  /// Nodes that are not surely held to what they should be.
  private final Set<NodeId> doubtful = ConcurrentHashMap.newKeySet();

  /// How often the kernel had ended a node before it was limited, or since that was told.
  private final Map<NodeId, Long> kills = new ConcurrentHashMap<>();

  /// The usual limits of processes that may open no more files, by their numbers.
  private final Map<NodeId, Map<Long, String>> usual = new ConcurrentHashMap<>();

  LimitedNodes(RunningNodes nodes, Limiter limiter) {
    this.nodes = nodes;
    this.limiter = limiter;
  }

  /// How to start a node, which is about to be, without limits.
  Launch prepare(NodeId node, Launch launch) throws IOException {
    usual.remove(node);
    if (isHeld(node)) {
      limiter.limitCpu(node, NodeLimits.UNLIMITED);
      limiter.limitMemory(node, NodeLimits.UNLIMITED);
      held.remove(node);
      doubtful.remove(node);
    }
    return limiter.prepare(node, launch);
  }

  private boolean isHeld(NodeId node) {
    return doubtful.contains(node) || !held(node).equals(NodeLimits.NONE);
  }

  private NodeLimits held(NodeId node) {
    return held.getOrDefault(node, NodeLimits.NONE);
  }

  /// Notes what a node is to be held to from now on; [#hold] makes it so.
  void wish(NodeId node, NodeLimits limits) {
    wished.put(node, limits);
  }

  /// Whether a node can open no more files and sockets.
  boolean isWithoutDescriptors(NodeId node) {
    return held(node).descriptors() == Descriptors.NO_MORE;
  }

  /// Whether the kernel has ended a node since this was last asked, or a part of it, as it wanted
  /// more memory than it was left.
  boolean isEndedForMemory(NodeId node) throws IOException {
    if (held(node).memoryRoomBytes() == NodeLimits.UNLIMITED) {
      return false;
    }
    long before = kills.getOrDefault(node, 0L);
    long now = limiter.memoryKills(node);
    kills.put(node, now);
    return now > before;
  }

  /// Lets a node be asked something, which takes descriptors and time, until it is [held][#hold].
  void relieve(NodeId node) throws IOException {
    NodeLimits is = held(node);
    if (is.cpuMillionths() != NodeLimits.UNLIMITED) {
      limiter.limitCpu(node, NodeLimits.UNLIMITED);
    }
    if (is.descriptors() != Descriptors.AS_USUAL) {
      limitDescriptors(node, Descriptors.AS_USUAL);
    }
    held.put(
        node, new NodeLimits(NodeLimits.UNLIMITED, is.memoryRoomBytes(), Descriptors.AS_USUAL));
  }

  /// Makes it so for a node that runs, paused or not.
  void hold(NodeId node) throws IOException {
    NodeLimits should = wished.getOrDefault(node, NodeLimits.NONE);
    NodeLimits is = held(node);
    boolean isDoubtful = doubtful.contains(node);
    if ((!isDoubtful && should.equals(is)) || nodes.state(node) == NodeState.STOPPED) {
      return;
    }
    doubtful.add(node);
    if (isDoubtful || should.cpuMillionths() != is.cpuMillionths()) {
      limiter.limitCpu(node, should.cpuMillionths());
    }
    if (isDoubtful || should.memoryRoomBytes() != is.memoryRoomBytes()) {
      limitMemory(node, should.memoryRoomBytes());
    }
    if (isDoubtful || should.descriptors() != is.descriptors()) {
      limitDescriptors(node, should.descriptors());
    }
    held.put(node, should);
    doubtful.remove(node);
  }

  private void limitMemory(NodeId node, long roomBytes) throws IOException {
    if (roomBytes == NodeLimits.UNLIMITED) {
      limiter.limitMemory(node, NodeLimits.UNLIMITED);
      return;
    }
    kills.put(node, limiter.memoryKills(node));
    for (int attempt = 1; true; attempt++) {
      try {
        limiter.limitMemory(node, limiter.memoryInUse(node) + roomBytes);
        return;
      } catch (IOException inUse) {
        if (attempt == MOST_ATTEMPTS) {
          throw inUse;
        }
      }
    }
  }

  /// Whoever was started meanwhile has the limit of whoever started it.
  private void limitDescriptors(NodeId node, Descriptors wanted) throws IOException {
    Map<Long, String> before = usual.computeIfAbsent(node, _ -> new ConcurrentHashMap<>());
    switch (wanted) {
      case NO_MORE -> {
        boolean isAnyNew = true;
        for (int looks = 0; isAnyNew && looks < MOST_LOOKS; looks++) {
          isAnyNew = false;
          for (ProcessHandle each : nodes.processes(node)) {
            isAnyNew |= !before.containsKey(each.pid());
            unlessItEnds(
                node,
                each,
                () -> {
                  if (!before.containsKey(each.pid())) {
                    before.put(each.pid(), DescriptorLimit.of(each.pid()));
                  }
                  DescriptorLimit.exhaust(each.pid());
                });
          }
        }
      }
      case AS_USUAL -> {
        if (!before.isEmpty()) {
          String first = new TreeMap<>(before).firstEntry().getValue();
          for (ProcessHandle each : nodes.processes(node)) {
            unlessItEnds(
                node,
                each,
                () -> DescriptorLimit.set(each.pid(), before.getOrDefault(each.pid(), first)));
          }
        }
        usual.remove(node);
      }
    }
  }

  /// What is done to a process.
  private interface Deed {
    void happens() throws IOException;
  }

  /// One that has ended meanwhile has nothing open, and is to have no limit.
  private void unlessItEnds(NodeId node, ProcessHandle process, Deed deed) throws IOException {
    try {
      deed.happens();
    } catch (IOException failed) {
      if (nodes.processes(node).contains(process)) {
        throw failed;
      }
    }
  }

  @Override
  public void close() throws IOException {
    limiter.close();
  }
}
