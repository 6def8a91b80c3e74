package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What runs have at an engine, found by their labels: containers, networks and volumes.
final class Belongings {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final DockerClient client;

  Belongings(Engine engine) {
    this.client = engine.client();
  }

  /// What there may be, in the order in which an engine lets go of it.
  private enum Kind {
    CONTAINER,
    NETWORK,
    VOLUME
  }

  /// One thing at the engine.
  ///
  /// @param kind what it is
  /// @param id what the engine knows it by
  /// @param labels it was given
  /// @param removal removes it
  record Belonging(Kind kind, String id, Map<String, String> labels, Runnable removal) {

    /// For people: `container labrys-…-n1`.
    String name() {
      return kind.name().toLowerCase(Locale.ROOT) + " " + id;
    }
  }

  /// What all runs have.
  List<Belonging> ofAll() throws IOException {
    return labelled(Run.LABEL);
  }

  /// What one run has.
  ///
  /// @param run its id
  List<Belonging> of(String run) throws IOException {
    return labelled(Run.LABEL + "=" + run);
  }

  private List<Belonging> labelled(String label) throws IOException {
    return Engine.ask(
        "list what there is",
        () -> {
          List<Belonging> all = new ArrayList<>();
          containers(label).forEach(each -> all.add(belonging(each)));
          client
              .listNetworksCmd()
              .withFilter("label", List.of(label))
              .exec()
              .forEach(each ->
                  all.add(
                      new Belonging(
                          Kind.NETWORK,
                          each.getName(),
                          each.getLabels(),
                          () -> client.removeNetworkCmd(each.getId()).exec())));
          volumes(label).forEach(each -> all.add(belonging(each)));
          return all;
        });
  }

  private List<Container> containers(String label) {
    return client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec();
  }

  private Belonging belonging(Container container) {
    // One that is being removed has lost its name.
    String name =
        Optional.ofNullable(container.getNames())
            .filter(names -> names.length > 0)
            .map(names -> names[0].substring(1))
            .orElse(container.getId());
    return new Belonging(
        Kind.CONTAINER,
        name,
        container.getLabels(),
        () ->
            client
                .removeContainerCmd(container.getId())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
  }

  private List<InspectVolumeResponse> volumes(String label) {
    return Optional.ofNullable(
            client.listVolumesCmd().withFilter("label", List.of(label)).exec().getVolumes())
        .orElse(List.of());
  }

  private Belonging belonging(InspectVolumeResponse volume) {
    return new Belonging(
        Kind.VOLUME,
        volume.getName(),
        volume.getLabels(),
        () -> client.removeVolumeCmd(volume.getName()).exec());
  }

  /// Removes all that a run has, and returns when it is gone.
  ///
  /// @param run its id
  void remove(String run) throws IOException {
    remove(run, _ -> {});
  }

  /// Removes all that a run has, and returns when it is gone.
  ///
  /// Looks again and again: an engine does not let go of a network while it is taking a container
  /// off it, the run may still be making something, and somebody else may be at the same, such as
  /// Ryuk or another sweep.
  ///
  /// @param run its id
  /// @param removed is told each name when that is gone
  void remove(String run, Consumer<String> removed) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    NavigableSet<String> seen = new TreeSet<>();
    Optional<IOException> failure = Optional.empty();
    while (true) {
      List<Belonging> left = of(run);
      NavigableSet<String> names = new TreeSet<>();
      left.forEach(each -> names.add(each.name()));
      seen.stream().filter(name -> !names.contains(name)).forEach(removed);
      seen = names;
      if (left.isEmpty()) {
        return;
      }
      if (failure.isPresent() && System.nanoTime() > deadline) {
        throw failure.get();
      }
      if (failure.isPresent()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      failure = removeAll(left);
    }
  }

  /// Tries once, those of a kind at the same time.
  private static Optional<IOException> removeAll(List<Belonging> belongings) {
    ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();
    for (Kind kind : Kind.values()) {
      try (ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("removal-", 1).factory())) {
        belongings.stream()
            .filter(each -> each.kind() == kind)
            .forEach(each -> threads.execute(() -> remove(each).ifPresent(failures::add)));
      }
    }
    return Optional.ofNullable(failures.peek());
  }

  private static Optional<IOException> remove(Belonging belonging) {
    try {
      belonging.removal().run();
      return Optional.empty();
    } catch (NotFoundException gone) {
      return Optional.empty();
    } catch (RuntimeException failed) {
      return Optional.of(
          new IOException(
              "can't remove %s: %s".formatted(belonging.name(), Engine.explain(failed)), failed));
    }
  }

  /// Waits until the run has no containers, or for so long.
  void awaitNoContainers(String run, long patienceNanos) {
    long deadline = System.nanoTime() + patienceNanos;
    while (!containers(Run.LABEL + "=" + run).isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
