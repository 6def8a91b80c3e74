package dev.labrys.experiment;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.cluster.machine.Provision;
import dev.labrys.cluster.process.ProcessCluster;
import dev.labrys.cluster.process.ProcessOptions;
import dev.labrys.history.Seed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A real cluster that serves, with proxies on all its links, and a way to its clients.
final class Stage implements AutoCloseable {
  private final Interposition between;
  private final Program program;
  private final Cluster cluster;

  private Stage(Interposition between, Program program, Cluster cluster) {
    this.between = between;
    this.program = program;
    this.cluster = cluster;
  }

  /// Starts all of it, and returns when every node serves.
  ///
  /// @param registry where running processes are noted, for those who clean up
  /// @throws IOException if a node does not start or serve in time, or there is no engine
  static Stage open(Experiment experiment, RunFolder folder, Path registry) throws IOException {
    Experiment.ClusterPlan plan = experiment.cluster();
    TestedSystem system = plan.tested();
    Interposition between =
        Interposition.open(plan.links(), system.framing(), new Seed(experiment.seed()));
    try {
      Program program = system.program(plan, folder.name(), registry.resolveSibling("class-cache"));
      ProcessOptions processes =
          ProcessOptions.of(folder.nodes(), experiment.cluster().nodes(), registry)
              .in(network(experiment.cluster().links()))
              .providing(Provision.forAll(FaultPlan.needs(experiment)));
      return new Stage(
          between, program, start(experiment, processes.withLinks(between.links()), program));
    } catch (IOException | RuntimeException failed) {
      close(between, failed);
      throw failed;
    }
  }

  /// The kernel tells nodes by their addresses.
  private static ProcessOptions.Network network(LinkPlan links) {
    return links instanceof LinkPlan.Kernel
        ? ProcessOptions.Network.NAMESPACES
        : ProcessOptions.Network.LOOPBACK;
  }

  private static void close(Interposition between, Exception failed) {
    try {
      between.close();
    } catch (IOException stays) {
      failed.addSuppressed(stays);
    }
  }

  private static Cluster start(Experiment experiment, ProcessOptions processes, Program program)
      throws IOException {
    return switch (experiment.cluster().deployment()) {
      case PROCESSES -> ProcessCluster.start(processes, program);
      case CONTAINERS -> {
        Engine engine = Engine.find();
        Image image =
            experiment.cluster().tested().image(experiment.cluster(), new ImageBuild(engine));
        yield ContainerCluster.start(
            engine,
            ContainerOptions.of(processes.folder(), processes.nodes().size(), image)
                .withLinks(processes.links())
                .providing(processes.provisions()),
            program);
      }
      case SIMULATION -> throw new IllegalArgumentException("nothing is started to simulate");
    };
  }

  Cluster cluster() {
    return cluster;
  }

  /// A client whose own node is one or another, by its number.
  Client client(int number, Client.Habit habit) {
    List<NodeId> nodes = new ArrayList<>(cluster.nodes());
    Collections.rotate(nodes, -(number % nodes.size()));
    List<Address> addresses =
        nodes.stream().map(node -> cluster.address(node, new Party.Clients())).toList();
    return program.client(addresses, habit);
  }

  @Override
  public void close() throws IOException {
    try (Interposition _ = between;
        Closeable _ = program instanceof Closeable ways ? ways : () -> {}) {
      cluster.close();
    }
  }
}
