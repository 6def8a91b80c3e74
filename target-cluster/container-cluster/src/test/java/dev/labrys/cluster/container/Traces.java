package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What an engine has of runs, found in another way than by the code that removes it.
final class Traces {

  private Traces() {}

  /// The names of all that is called after the run.
  static List<String> of(Engine engine, String run) {
    DockerClient client = engine.client();
    List<String> names = new ArrayList<>();
    client
        .listContainersCmd()
        .withShowAll(true)
        .exec()
        .forEach(each -> names.addAll(List.of(each.getNames())));
    client.listNetworksCmd().exec().forEach(each -> names.add(each.getName()));
    client.listVolumesCmd().exec().getVolumes().forEach(each -> names.add(each.getName()));
    return names.stream().filter(name -> name.contains(run)).toList();
  }

  /// The runs that this process has containers, networks or volumes of.
  static List<String> runsOf(Engine engine, long pid) {
    DockerClient client = engine.client();
    String label = Runner.PID + "=" + pid;
    List<Map<String, String>> labels = new ArrayList<>();
    client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(label))
        .exec()
        .forEach(each -> labels.add(each.getLabels()));
    client
        .listNetworksCmd()
        .withFilter("label", List.of(label))
        .exec()
        .forEach(each -> labels.add(each.getLabels()));
    client
        .listVolumesCmd()
        .withFilter("label", List.of(label))
        .exec()
        .getVolumes()
        .forEach(each -> labels.add(each.getLabels()));
    return labels.stream().map(each -> each.getOrDefault(Run.LABEL, "")).distinct().toList();
  }
}
