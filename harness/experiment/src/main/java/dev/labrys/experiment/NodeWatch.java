package dev.labrys.experiment;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.history.Recorder;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at nodes again and again, and writes down what has changed.
final class NodeWatch {
  private final Cluster cluster;
  private final Recorder recorder;
  private final Map<NodeId, Notes.Note.Seen> last = new ConcurrentHashMap<>();

  NodeWatch(Cluster cluster, Recorder recorder) {
    this.cluster = cluster;
    this.recorder = recorder;
  }

  /// Looks at one node. Several may be looked at by several threads.
  void look(NodeId node) {
    // A node may be stopped after its state is read and before it is asked, which looks as if it
    // were silent; the next look will tell.
    Notes.Note.Seen seen = see(node);
    if (!seen.equals(last.put(node, seen))) {
      Notes.seen(recorder, node.name(), seen);
    }
  }

  private Notes.Note.Seen see(NodeId node) {
    try {
      return Notes.sight(node.name(), cluster.state(node), cluster.standing(node));
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
