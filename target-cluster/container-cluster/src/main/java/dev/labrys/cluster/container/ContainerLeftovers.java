package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Containers, networks and volumes whose runner was killed before it could remove them.
public final class ContainerLeftovers {
  private final Engine engine;

  public ContainerLeftovers(Engine engine) {
    this.engine = engine;
  }

  /// Removes them. What belongs to a runner that is there, or that can't be seen from here, is left
  /// alone, and so is everything without our labels.
  ///
  /// @return what was removed, as `container labrys-…-n1`
  public List<String> remove() throws IOException {
    List<String> removed = new ArrayList<>();
    for (Map.Entry<String, Runner> run : runs().entrySet()) {
      if (run.getValue().isGone()) {
        removed.addAll(new Belongings(engine, run.getKey()).remove());
      }
    }
    return removed;
  }

  /// Who made what there is, by the ids of runs.
  private Map<String, Runner> runs() throws IOException {
    DockerClient client = engine.client();
    List<String> label = List.of(Run.LABEL);
    List<Map<String, String>> labels = new ArrayList<>();
    Engine.ask(
            "list containers",
            () -> client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec())
        .forEach(container -> labels.add(container.getLabels()));
    Engine.ask("list networks", () -> client.listNetworksCmd().withFilter("label", label).exec())
        .forEach(network -> labels.add(network.getLabels()));
    Engine.ask("list volumes", () -> client.listVolumesCmd().withFilter("label", label).exec())
        .getVolumes()
        .forEach(volume -> labels.add(volume.getLabels()));
    Map<String, Runner> runs = new TreeMap<>();
    for (Map<String, String> each : labels) {
      Optional<Runner> runner = Runner.of(each);
      Optional<String> run = Optional.ofNullable(each.get(Run.LABEL));
      if (runner.isPresent() && run.isPresent()) {
        runs.put(run.get(), runner.get());
      }
    }
    return runs;
  }
}
