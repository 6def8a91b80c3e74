package dev.labrys.cluster.machine;

import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Tables of the packet filter whose runner is gone, found by the marks of runs in their names.
/// Those in network namespaces go with these.
public final class FilterLeftovers implements Leftovers {

  @Override
  public List<String> find(Sweep sweep) {
    return tables(sweep).stream().map(FilterLeftovers::name).toList();
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    IOException failure = null;
    for (RunMark each : tables(sweep)) {
      try {
        new PacketFilter(each, List.of()).remove();
        removed.accept(name(each));
      } catch (IOException stays) {
        failure = stays;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static List<RunMark> tables(Sweep sweep) {
    try {
      return PacketFilter.all().stream().filter(mark -> mark.isIn(sweep)).toList();
    } catch (IOException refused) {
      // Who may not list tables, or has nothing to list them with, has made none.
      return List.of();
    }
  }

  private static String name(RunMark mark) {
    return "packet filter " + PacketFilter.table(mark);
  }
}
