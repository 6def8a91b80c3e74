package dev.labrys.cluster.container;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Containers, networks and volumes whose runner was killed before it could remove them, found by
/// their labels.
///
/// What a runner made that can't be seen from here, as it is on another machine or in a container,
/// is an orphan to nobody: only [Sweep#ALL] takes it.
public final class ContainerLeftovers implements Leftovers {
  private final Belongings belongings;

  public ContainerLeftovers(Engine engine) {
    this.belongings = new Belongings(engine);
  }

  @Override
  public List<String> find(Sweep sweep) throws IOException {
    NavigableSet<String> runs = runs(sweep);
    return belongings.ofAll().stream()
        .filter(each -> runs.contains(run(each)))
        .map(Belongings.Belonging::name)
        .toList();
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    Attempts.forEach(runs(sweep), run -> belongings.remove(run, removed));
  }

  private NavigableSet<String> runs(Sweep sweep) throws IOException {
    NavigableSet<String> runs = new TreeSet<>();
    for (Belongings.Belonging each : belongings.ofAll()) {
      boolean isIn =
          switch (sweep) {
            case ORPHANS ->
                Runner.of(each.labels()).filter(runner -> runner.process().isGone()).isPresent();
            case ALL -> true;
          };
      if (isIn) {
        runs.add(run(each));
      }
    }
    return runs;
  }

  private static String run(Belongings.Belonging belonging) {
    return belonging.labels().getOrDefault(Run.LABEL, "");
  }
}
