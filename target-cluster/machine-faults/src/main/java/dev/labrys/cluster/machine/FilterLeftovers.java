package dev.labrys.cluster.machine;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Sweep;
import dev.labrys.cluster.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Tables of the packet filter and rules of packet queues whose runner is gone, found by the marks
/// of runs that they bear. Those in network namespaces go with these.
public final class FilterLeftovers implements Leftovers {
  private static final NetworkSpace HERE = new NetworkSpace(Optional.empty());

  /// Where marks are found.
  @FunctionalInterface
  private interface Place {
    Collection<RunMark> marks() throws IOException;
  }

  @Override
  public List<String> find(Sweep sweep) {
    return new ArrayList<>(all(sweep).keySet());
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    Attempts.forEach(
        all(sweep).entrySet(),
        each -> {
          each.getValue().perform();
          removed.accept(each.getKey());
        });
  }

  private static Map<String, Timeline.Deed> all(Sweep sweep) {
    Map<String, Timeline.Deed> all = new LinkedHashMap<>();
    for (RunMark mark : marks(sweep, PacketFilter::all)) {
      all.put(
          "packet filter " + PacketFilter.table(mark), () -> new PacketFilter(mark, HERE).remove());
    }
    for (RunMark mark : marks(sweep, QueueRules::all)) {
      all.put(
          "packet queue " + QueueRules.comment(mark), () -> new QueueRules(mark, HERE).remove());
    }
    return all;
  }

  private static List<RunMark> marks(Sweep sweep, Place place) {
    try {
      return place.marks().stream().filter(mark -> mark.isIn(sweep)).toList();
    } catch (IOException refused) {
      // Who may not list them, or has nothing to list them with, has made none.
      return List.of();
    }
  }
}
