package dev.labrys.cluster.container;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.FreePorts;
import dev.labrys.cluster.HttpProbe;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Routes;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.machine.NodeSurroundings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A cluster of containers in a network of their own.
///
/// A node keeps its address in that network, its ports on this machine and its data whatever is
/// done to it. Everything at the engine is labelled with the run and with this process: what the
/// end of this JVM leaves behind, [ContainerLeftovers] finds.
public final class ContainerCluster implements Cluster {

  /// The ports of nodes count from here, in the order in which their program names them.
  private static final int FIRST_PORT = 7001;

  private static final String LOOPBACK = "127.0.0.1";
  private static final long LOOK_MILLIS = 10;
  private static final HttpProbe HTTP = new HttpProbe(Duration.ofSeconds(1));

  private final Engine engine;
  private final ContainerOptions options;
  private final Program program;
  private final Run run = Run.begin();
  private final SortedMap<NodeId, NodeContainer> containers = new TreeMap<>();
  private final Capabilities capabilities;
  private final NodeSurroundings around;
  private final Removal removal;
  private @Nullable Routes routes;

  private ContainerCluster(Engine engine, ContainerOptions options, Program program)
      throws IOException {
    this.engine = engine;
    this.options = options;
    this.program = program;
    this.around =
        new NodeSurroundings(
            program,
            new ContainerNodes(this),
            options.folder(),
            engine.isOfThisMachine() ? options.provisions() : Set.of());
    this.capabilities = options.links().add(ContainerCapabilities.of(engine, around::capabilities));
    this.removal = new Removal(new Belongings(engine), run.id());
  }

  /// Starts the nodes, and returns when they serve. If one does not, all is removed.
  ///
  /// @throws ContainersUnavailable if the engine lacks the image, and may not download it
  /// @throws IOException if a node does not start or serve in time; the message has its last words
  public static ContainerCluster start(Engine engine, ContainerOptions options, Program program)
      throws IOException {
    options.image().requireAt(engine);
    ContainerCluster cluster = new ContainerCluster(engine, options, program);
    try {
      cluster.place();
      cluster.startAll();
      return cluster;
    } catch (IOException | RuntimeException failed) {
      try {
        cluster.close();
      } catch (IOException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  private void place() throws IOException {
    List<NodeId> all = new ArrayList<>(options.nodes());
    all.addAll(options.spares());
    Files.createDirectories(options.folder());
    PrivateNetwork network = PrivateNetwork.create(engine, run);
    if (network.isHere()) {
      options.links().onBridge(Optional.empty());
    }
    List<String> published =
        program.ports().stream().filter(port -> !port.equals(Program.PEER_PORT)).toList();
    Iterator<Integer> free = FreePorts.take(all.size() * published.size()).iterator();
    for (NodeId node : all) {
      Map<Integer, Integer> ports = new TreeMap<>();
      published.forEach(port -> ports.put(inner(port), free.next()));
      Optional<Path> disk = around.data(node);
      String volume =
          disk.isPresent() ? disk.get().toString() : Berth.createVolume(engine, run, node);
      Berth berth =
          new Berth(
              node,
              network.name(),
              network.address(containers.size()),
              volume,
              around.views(node),
              ports);
      containers.put(node, new NodeContainer(run, engine, options, berth));
    }
    routes = Routes.build(options.links(), all, this::own, network.host(), LOOPBACK);
  }

  private int inner(String port) {
    int index = program.ports().indexOf(port);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no port %s, only %s".formatted(program.name(), port, program.ports()));
    }
    return FIRST_PORT + index;
  }

  /// All at the same time: an engine is slow with one, and hardly slower with five. The first that
  /// fails ends the others, which may be waiting for it.
  private void startAll() throws IOException {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("start-", 1).factory())) {
      CompletionService<NodeId> starts = new ExecutorCompletionService<>(threads);
      for (NodeId node : options.nodes()) {
        starts.submit(() -> {
          start(node);
          return node;
        });
      }
      try {
        for (int i = 0; i < options.nodes().size(); i++) {
          await(starts);
        }
      } catch (IOException | RuntimeException failed) {
        threads.shutdownNow();
        throw failed;
      }
    }
  }

  private static void await(CompletionService<NodeId> starts) throws IOException {
    try {
      starts.take().get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while nodes were starting");
    }
  }

  private void start(NodeId node) throws IOException {
    Launch launch =
        around.prepare(
            node,
            program.launch(new ContainerSite(this, options, around, node)),
            NewContainer::seen);
    NodeContainer container = container(node);
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    NodeLife life = container.start(launch);
    while (!isReady(node, life, launch.ready())) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while %s was starting".formatted(node));
      }
      boolean isLate = System.nanoTime() > deadline;
      if (isLate || life.isOver(LOOK_MILLIS)) {
        throw new IOException(
            "%s %s before it served. Its last words:%n%s"
                .formatted(
                    node,
                    isLate ? "was given up after " + options.startTimeout() : container.end(),
                    life.lastWords()));
      }
    }
  }

  private boolean isReady(NodeId node, NodeLife life, Readiness ready) {
    return switch (ready) {
      case Readiness.Line _ -> life.hasSaid(LOOK_MILLIS);
      case Readiness.Http(String port, String path) -> HTTP.succeeds(own(node, port), path);
    };
  }

  @Override
  public List<NodeId> nodes() {
    return List.copyOf(containers.keySet());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public NodeState state(NodeId node) {
    try {
      return container(node).state();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  @Override
  public void pull(Lever lever, NodeId node) throws IOException {
    NodeContainer container = container(node);
    switch (lever) {
      case START -> {
        if (container.state() == NodeState.STOPPED) {
          around.start(node, new Beginning(node));
        }
      }
      case STOP -> {
        around.release(node);
        container.stop();
      }
      case KILL -> {
        around.release(node);
        container.kill();
      }
      case CUT_POWER -> {
        capabilities.require(Capability.LOSE_UNSYNCED_WRITES);
        around.release(node);
        container.kill();
        around.losePower(node);
      }
      case PAUSE -> {
        capabilities.require(Capability.PAUSE);
        around.release(node);
        container.pause();
      }
      case RESUME -> {
        container.resume();
        around.tell(node);
      }
    }
  }

  @Override
  public void network(Map<Way, Passage> passages) throws IOException {
    options.links().set(passages);
  }

  @Override
  public void surround(NodeId node, Surroundings surroundings) throws IOException {
    surroundings.require(capabilities);
    around.set(node, surroundings);
  }

  @Override
  public List<String> takeRemarks() {
    List<String> remarks = new ArrayList<>(around.takeRemarks());
    remarks.addAll(options.links().takeRemarks());
    return remarks;
  }

  @Override
  public void transfer(NodeId node) throws IOException {
    capabilities.require(Capability.TRANSFER_LEADERSHIP);
    program.transfer(nodes(), this::own, node);
  }

  @Override
  public boolean members(SortedSet<NodeId> members) throws IOException {
    capabilities.require(Capability.CHANGE_MEMBERS);
    return program.members(nodes(), this::own, members);
  }

  @Override
  public Optional<Standing> standing(NodeId node) {
    return program.standing(port -> own(node, port));
  }

  @Override
  public OptionalLong clockMillis(NodeId node) {
    return program.clockMillis(port -> own(node, port));
  }

  @Override
  public Address address(NodeId node, Party viewer) {
    container(node);
    return Objects.requireNonNull(routes).find(viewer, node);
  }

  /// Where the port of `node` that its program calls `port` is reached: from here, but for the port
  /// of peers, which is only reached from within the network.
  public Address own(NodeId node, String port) {
    Optional<Integer> published =
        Optional.ofNullable(container(node).berth().published().get(inner(port)));
    return published
        .map(number -> new Address(engine.clientHost(), number))
        .orElseGet(() -> inside(node, port));
  }

  /// Where a port of `node` is reached from within the network.
  Address inside(NodeId node, String port) {
    return new Address(container(node).berth().address(), inner(port));
  }

  @Override
  public Optional<Path> log(NodeId node) {
    return Optional.of(container(node).log());
  }

  /// The volume of `node`, if the engine keeps it on this machine and this user may see it.
  @Override
  public Optional<Path> data(NodeId node) {
    String volume = container(node).berth().volume();
    if (volume.startsWith("/")) {
      return Optional.of(Path.of(volume));
    }
    try {
      String folder =
          Engine.ask(
              "look at the volume of " + node,
              () -> engine.client().inspectVolumeCmd(volume).exec().getMountpoint());
      return Optional.of(Path.of(folder)).filter(Files::isDirectory);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  NodeContainer container(NodeId node) {
    return Optional.ofNullable(containers.get(node))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no node %s, only %s".formatted(node, containers.keySet())));
  }

  /// The id by which everything of this cluster is labelled at the engine, as `dev.labrys.run`.
  public String run() {
    return run.id();
  }

  /// Removes containers, network and volumes. Logs stay.
  @Override
  public void close() throws IOException {
    for (NodeId node : containers.keySet()) {
      around.release(node);
    }
    try (Links _ = options.links();
        NodeSurroundings _ = around) {
      removal.close();
    }
  }

  /// How a node starts.
  private final class Beginning implements NodeSurroundings.Starter {
    private final NodeId node;

    Beginning(NodeId node) {
      this.node = node;
    }

    @Override
    public void start() throws IOException {
      ContainerCluster.this.start(node);
    }

    @Override
    public void end() throws IOException {
      container(node).kill();
    }
  }
}
