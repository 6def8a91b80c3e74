package dev.labrys.cluster.machine;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.LastChance;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeLimits;
import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A [ControlGroup] for each node of a cluster of processes, if they are to have some.
final class ControlGroups implements Limiter {
  private final Use use;
  private final RunMark mark = RunMark.next();
  private final Map<NodeId, ControlGroup> groups = new ConcurrentHashMap<>();
  private final LastChance lastChance =
      new LastChance("a control group is left behind", this::removeAll);

  /// Whether there are any.
  enum Use {
    NONE,
    ONE_FOR_EACH
  }

  ControlGroups(Use use) {
    this.use = use;
    lastChance.begin();
  }

  @Override
  public Launch prepare(NodeId node, Launch launch) throws IOException {
    return switch (use) {
      case NONE -> launch;
      case ONE_FOR_EACH -> {
        ControlGroup group = groups.get(node);
        if (group == null) {
          group = ControlGroup.of(mark, node);
          groups.put(node, group);
          group.create();
        }
        yield new Launch(group.joining(launch.command()), launch.environment(), launch.ready());
      }
    };
  }

  private Optional<ControlGroup> find(NodeId node) {
    return Optional.ofNullable(groups.get(node));
  }

  private ControlGroup group(NodeId node) {
    return find(node)
        .orElseThrow(() -> new IllegalStateException(node + " was started without a group"));
  }

  @Override
  public void limitCpu(NodeId node, long millionths) throws IOException {
    if (millionths != NodeLimits.UNLIMITED || find(node).isPresent()) {
      group(node).limitCpu(millionths);
    }
  }

  @Override
  public long memoryInUse(NodeId node) throws IOException {
    return group(node).memoryInUse();
  }

  @Override
  public void limitMemory(NodeId node, long bytes) throws IOException {
    if (bytes != NodeLimits.UNLIMITED || find(node).isPresent()) {
      group(node).limitMemory(bytes);
    }
  }

  @Override
  public long memoryKills(NodeId node) throws IOException {
    return group(node).memoryKills();
  }

  private void removeAll() throws IOException {
    Attempts.forEach(groups.values(), ControlGroup::remove);
  }

  @Override
  public void close() throws IOException {
    removeAll();
    lastChance.close();
  }
}
