package dev.labrys.experiment;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.history.Recorder;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Looks at nodes again and again, and writes down what has changed.
final class NodeWatch {
  private final Cluster cluster;
  private final Recorder recorder;
  private final Map<NodeId, Notes.Note.Seen> last = new ConcurrentHashMap<>();
  private final Map<NodeId, Standing> standings = new ConcurrentHashMap<>();
  private final LongSupplier clock;
  private final CalmWatch calm;

  /// @param clock nanoseconds since the start of the run
  /// @param calm told what all nodes say
  NodeWatch(Cluster cluster, Recorder recorder, LongSupplier clock, CalmWatch calm) {
    this.cluster = cluster;
    this.recorder = recorder;
    this.clock = clock;
    this.calm = calm;
  }

  /// Looks at one node. Several may be looked at by several threads.
  void look(NodeId node) {
    Notes.Note.Seen seen = see(node);
    if (!seen.equals(last.put(node, seen))) {
      Notes.seen(recorder, node.name(), seen);
    }
  }

  private Notes.Note.Seen see(NodeId node) {
    try {
      Optional<Standing> standing = cluster.standing(node);
      standing.ifPresentOrElse(told -> standings.put(node, told), () -> standings.remove(node));
      calm.see(clock.getAsLong(), standings);
      return Notes.sight(node.name(), cluster.state(node), standing);
    } catch (UncheckedIOException nobodyKnows) {
      return new Notes.Note.Seen(node.name(), Notes.Sight.SILENT, 0);
    }
  }

  /// Of those that were seen leading, the one of the latest term.
  Optional<Progress.Leader> leader() {
    return last.values().stream()
        .filter(seen -> seen.sight() == Notes.Sight.LEADS)
        .max(Comparator.comparingLong(Notes.Note.Seen::term))
        .map(seen -> new Progress.Leader(seen.node(), seen.term()));
  }
}
