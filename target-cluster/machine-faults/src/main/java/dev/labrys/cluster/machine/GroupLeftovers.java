package dev.labrys.cluster.machine;

import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Control groups of nodes whose runner is gone, found by the marks of runs in their names.
public final class GroupLeftovers implements Leftovers {

  @Override
  public List<String> find(Sweep sweep) throws IOException {
    return names(sweep).stream().map(GroupLeftovers::describe).toList();
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    Attempts.forEach(
        names(sweep),
        each -> {
          ControlGroup.named(each).remove();
          removed.accept(describe(each));
        });
  }

  private static List<String> names(Sweep sweep) throws IOException {
    return ControlGroup.names().stream()
        .filter(name -> ControlGroup.mark(name).filter(mark -> mark.isIn(sweep)).isPresent())
        .toList();
  }

  private static String describe(String name) {
    return "control group " + name;
  }
}
