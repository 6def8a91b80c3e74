package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// All that a run has at an engine: containers, networks and volumes, found by their label.
final class Belongings {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DockerClient client;
  private final String run;

  /// @param run the id of the run
  Belongings(Engine engine, String run) {
    this.client = engine.client();
    this.run = run;
  }

  /// One thing at the engine.
  ///
  /// @param name for people
  private record Thing(String name, Runnable removal) {}

  /// Removes everything, and returns when it is gone. Somebody else may be at the same: Ryuk, or
  /// another sweep.
  ///
  /// @return what was there, as `container labrys-…-n1`
  List<String> remove() throws IOException {
    List<String> found = new ArrayList<>();
    removeAll(containers(), found);
    removeAll(networks(), found);
    removeAll(volumes(), found);
    return found;
  }

  private static void removeAll(List<Thing> things, List<String> found) throws IOException {
    things.forEach(thing -> found.add(thing.name()));
    List<IOException> failures = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("removal-", 1).factory())) {
      things.forEach(thing -> threads.execute(() -> remove(thing, failures)));
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /// Until the engine lets go: it refuses while a container is still being taken off its network.
  private static void remove(Thing thing, List<IOException> failures) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        thing.removal().run();
        return;
      } catch (NotFoundException gone) {
        return;
      } catch (RuntimeException notYet) {
        if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
          synchronized (failures) {
            failures.add(
                new IOException(
                    "can't remove %s: %s".formatted(thing.name(), Engine.explain(notYet)), notYet));
          }
          return;
        }
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Waits until no container is left, or for so long.
  void awaitNoContainers(long patienceNanos) {
    long deadline = System.nanoTime() + patienceNanos;
    while (!ofContainers().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private List<Container> ofContainers() {
    return client.listContainersCmd().withShowAll(true).withLabelFilter(label()).exec();
  }

  private List<Thing> containers() throws IOException {
    return Engine.ask("list containers", this::ofContainers).stream()
        .map(container ->
            new Thing(
                "container " + container.getNames()[0].substring(1),
                () ->
                    client
                        .removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec()))
        .toList();
  }

  private List<Thing> networks() throws IOException {
    return Engine.ask(
            "list networks", () -> client.listNetworksCmd().withFilter("label", filter()).exec())
        .stream()
        .map(network ->
            new Thing(
                "network " + network.getName(),
                () -> client.removeNetworkCmd(network.getId()).exec()))
        .toList();
  }

  private List<Thing> volumes() throws IOException {
    return Engine.ask(
            "list volumes", () -> client.listVolumesCmd().withFilter("label", filter()).exec())
        .getVolumes()
        .stream()
        .map(volume ->
            new Thing(
                "volume " + volume.getName(),
                () -> client.removeVolumeCmd(volume.getName()).exec()))
        .toList();
  }

  private Map<String, String> label() {
    return Map.of(Run.LABEL, run);
  }

  private List<String> filter() {
    return List.of(Run.LABEL + "=" + run);
  }
}
