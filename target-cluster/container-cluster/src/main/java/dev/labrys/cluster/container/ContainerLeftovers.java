package dev.labrys.cluster.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// Containers, networks and volumes whose runner was killed before it could remove them.
public final class ContainerLeftovers {
  private final Belongings belongings;

  public ContainerLeftovers(Engine engine) {
    this.belongings = new Belongings(engine);
  }

  /// Removes them. What belongs to a runner that is there, or that can't be seen from here, is left
  /// alone, and so is everything without our labels.
  ///
  /// @return what was removed, as `container labrys-…-n1`
  public List<String> remove() throws IOException {
    NavigableSet<String> orphans = new TreeSet<>();
    for (Belongings.Belonging each : belongings.ofAll()) {
      Optional<Runner> runner = Runner.of(each.labels());
      if (runner.isPresent() && runner.get().isGone()) {
        orphans.add(each.labels().getOrDefault(Run.LABEL, ""));
      }
    }
    List<String> removed = new ArrayList<>();
    for (String run : orphans) {
      removed.addAll(belongings.remove(run));
    }
    return removed;
  }
}
