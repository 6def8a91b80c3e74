package dev.labrys.system.etcd;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Reply;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Way;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Servers of etcd that run, as a test asks them.
record Servers(Etcd etcd, Cluster cluster) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOKS_AFTER = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Value KEY = Value.of("k");

  private Client client(NodeId node) {
    return etcd.client(List.of(cluster.address(node, new Party.Clients())), Client.Habit.OWN_NODE);
  }

  static Action action(String model, String function, Value input) {
    return new Action(model, function, KEY, input);
  }

  Reply ask(NodeId node, Action action) {
    try (Client client = client(node)) {
      return client.invoke(action, PATIENCE);
    }
  }

  /// The answer as soon as there is one.
  Value answer(NodeId node, Action action) {
    return found(() ->
        ask(node, action).outcome() instanceof Outcome.Ok(Value value)
            ? Optional.of(value)
            : Optional.empty());
  }

  void write(NodeId node, int value) {
    answer(node, action("register", "write", Value.of(value)));
  }

  Value read(NodeId node) {
    return answer(node, action("register", "read", Value.nil()));
  }

  private static <T> T found(Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + LONGEST_WAIT;
    while (System.nanoTime() < deadline) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOKS_AFTER);
    }
    throw new AssertionError("in vain");
  }

  NodeId leader(List<NodeId> among) {
    return found(() ->
        among.stream()
            .filter(node -> cluster.standing(node).filter(Standing::isLeader).isPresent())
            .findFirst());
  }

  List<NodeId> without(NodeId node) {
    return cluster.nodes().stream().filter(each -> !each.equals(node)).toList();
  }

  Map<Way, Passage> cutOff(NodeId node) {
    Map<Way, Passage> cut = new HashMap<>();
    for (NodeId other : without(node)) {
      cut.put(Way.between(node, other), Passage.Shut.HELD);
      cut.put(Way.between(other, node), Passage.Shut.HELD);
    }
    return cut;
  }
}
