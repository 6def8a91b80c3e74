package dev.labrys.nemesis;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Looks at a cluster again and again until something is seen.
///
/// It asks the nodes, as anybody could, and so does not see what is over between two looks.
///
/// Lives on the thread of its timeline.
final class Lookout {

  /// From one look to the next.
  private static final long INTERVAL = 10_000_000;

  private final Cluster cluster;
  private final List<NodeId> nodes;
  private final Timeline timeline;
  private final LongSupplier operations;
  private final BooleanSupplier isOver;

  /// @param operations how many operations of clients have been completed
  /// @param isOver whether nobody wants to know any more
  Lookout(
      Cluster cluster,
      List<NodeId> nodes,
      Timeline timeline,
      LongSupplier operations,
      BooleanSupplier isOver) {
    this.cluster = cluster;
    this.nodes = List.copyOf(nodes);
    this.timeline = timeline;
    this.operations = operations;
    this.isOver = isOver;
  }

  /// Looks out for `condition`.
  Stage.Watch watch(Condition condition) {
    return new Watching(condition);
  }

  private final class Watching implements Stage.Watch {
    private final Condition condition;
    private Sighting before = Sighting.NOTHING;
    private boolean hasBegun;

    Watching(Condition condition) {
      this.condition = condition;
    }

    @Override
    public void await(long deadlineNanos, Consumer<Boolean> then) {
      long completed = operations.getAsLong();
      look(now -> {
        if (!hasBegun) {
          hasBegun = true;
          before = now.withOperations(completed);
        }
        consider(now, deadlineNanos, then);
      });
    }

    private void consider(Sighting now, long deadlineNanos, Consumer<Boolean> then) {
      if (isOver.getAsBoolean()) {
        return;
      }
      long time = timeline.nowNanos();
      if (condition.holds(before, now)) {
        before = now;
        then.accept(true);
      } else if (time >= deadlineNanos) {
        then.accept(false);
      } else {
        timeline.at(
            Math.min(deadlineNanos, time + INTERVAL),
            () -> look(later -> consider(later, deadlineNanos, then)));
      }
    }
  }

  private void look(Consumer<Sighting> then) {
    AtomicReference<Sighting> seen =
        new AtomicReference<>(Sighting.of(new TreeMap<>(), operations.getAsLong()));
    timeline.perform(
        "look out", Fulfilment.PATIENCE, () -> seen.set(see()), _ -> then.accept(seen.get()));
  }

  private Sighting see() {
    TreeMap<NodeId, Standing> standings = new TreeMap<>();
    for (NodeId node : nodes) {
      Optional<Standing> standing = cluster.standing(node);
      standing.ifPresent(told -> standings.put(node, told));
    }
    return Sighting.of(standings, operations.getAsLong());
  }
}
