package dev.labrys.cluster.process;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.FreePorts;
import dev.labrys.cluster.HttpProbe;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Lever;
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
import dev.labrys.cluster.machine.RunningNodes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A cluster of processes of this machine, which hear each other on the loopback interface or, for
/// root, in network namespaces.
///
/// Needs neither root nor containers. The nodes end when the JVM does, whatever ends it.
public final class ProcessCluster implements Cluster {
  private static final String LOOPBACK = "127.0.0.1";

  /// The ports of nodes with an address of their own count from here.
  private static final int FIRST_PORT = 7001;

  private static final long STOP_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 5;
  private static final HttpProbe HTTP = new HttpProbe(Duration.ofSeconds(1));

  private final ProcessOptions options;
  private final Program program;
  private final SortedMap<NodeId, NodeProcess> processes = new TreeMap<>();
  private final SortedMap<NodeId, Map<String, Address>> addresses = new TreeMap<>();
  private @Nullable Routes routes;
  private final Capabilities capabilities;
  private final NodeSurroundings around;
  private Optional<Namespaces> namespaces = Optional.empty();

  private ProcessCluster(ProcessOptions options, Program program) {
    this.options = options;
    this.program = program;
    this.around =
        new NodeSurroundings(program, new Runners(), options.folder(), options.provisions());
    this.capabilities =
        options.links().add(ProcessCapabilities.unprovided().with(around.capabilities()));
  }

  /// Starts the nodes, and returns when they serve. If one does not, all are ended.
  ///
  /// @throws IOException if one does not start or serve in time; the message has its last words
  /// @throws UnsupportedOperationException if there is no such network here, saying why
  public static ProcessCluster start(ProcessOptions options, Program program) throws IOException {
    if (options.network() == ProcessOptions.Network.NAMESPACES) {
      Optional<String> complaint = Namespaces.complaint();
      if (complaint.isPresent()) {
        throw new UnsupportedOperationException(complaint.get());
      }
    }
    ProcessCluster cluster = new ProcessCluster(options, program);
    try {
      cluster.place();
      for (NodeId node : options.nodes()) {
        cluster.begin(node);
      }
      for (NodeId node : options.nodes()) {
        cluster.awaitReady(node);
      }
      return cluster;
    } catch (IOException | RuntimeException failed) {
      try {
        cluster.close();
      } catch (IOException stays) {
        failed.addSuppressed(stays);
      }
      throw failed;
    }
  }

  private void place() throws IOException {
    List<NodeId> all = new ArrayList<>(options.nodes());
    all.addAll(options.spares());
    Files.createDirectories(options.folder());
    for (NodeId node : all) {
      around.data(node);
    }
    switch (options.network()) {
      case LOOPBACK -> {
        Iterator<Integer> ports = FreePorts.take(all.size() * program.ports().size()).iterator();
        all.forEach(node -> place(node, LOOPBACK, ports));
      }
      case NAMESPACES -> {
        Namespaces made = Namespaces.create(all, options.registry(), options.folder());
        namespaces = Optional.of(made);
        options.links().onBridge(Optional.of(made.bridge()));
        for (NodeId node : all) {
          place(
              node, made.address(node), IntStream.iterate(FIRST_PORT, port -> port + 1).iterator());
        }
      }
    }
    routes =
        Routes.build(
            options.links(),
            all,
            this::own,
            namespaces.map(Namespaces::host).orElse(LOOPBACK),
            LOOPBACK);
  }

  private void place(NodeId node, String host, Iterator<Integer> ports) {
    Map<String, Address> ofNode = new TreeMap<>();
    for (String port : program.ports()) {
      ofNode.put(port, new Address(host, ports.next()));
    }
    addresses.put(node, ofNode);
    processes.put(node, new NodeProcess(node, options.folder(), options.registry()));
  }

  private void begin(NodeId node) throws IOException {
    Launch launch =
        around.prepare(
            node, program.launch(new ProcessSite(this, options, around, node)), path -> path);
    List<String> command =
        namespaces.map(network -> network.enter(node, launch.command())).orElse(launch.command());
    process(node).start(launch, command);
  }

  private void awaitReady(NodeId node) throws IOException {
    Launch launch = program.launch(new ProcessSite(this, options, around, node));
    NodeProcess process = process(node);
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    requirePatience(node);
    while (!isReady(node, launch.ready())) {
      requirePatience(node);
      boolean isLate = System.nanoTime() > deadline;
      if (isLate || !process.runsAfter(LOOK_MILLIS)) {
        throw new IOException(
            "%s %s before it served. Its last words:%n%s"
                .formatted(
                    node,
                    isLate ? "was given up after " + options.startTimeout() : process.end(),
                    process.lastWords()));
      }
    }
  }

  private static void requirePatience(NodeId node) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while %s was starting".formatted(node));
    }
  }

  private boolean isReady(NodeId node, Readiness ready) throws IOException {
    return switch (ready) {
      case Readiness.Line(String text) -> process(node).hasSaid(text);
      case Readiness.Http(String port, String path) -> HTTP.succeeds(own(node, port), path);
    };
  }

  @Override
  public List<NodeId> nodes() {
    return List.copyOf(processes.keySet());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public NodeState state(NodeId node) {
    return process(node).state();
  }

  @Override
  public void pull(Lever lever, NodeId node) throws IOException {
    NodeProcess process = process(node);
    switch (lever) {
      case START -> {
        if (process.state() == NodeState.STOPPED) {
          around.start(node, new Beginning(node));
        }
      }
      case STOP -> {
        around.release(node);
        process.stop(STOP_MILLIS);
      }
      case KILL -> {
        around.release(node);
        process.kill();
      }
      case CUT_POWER -> {
        capabilities.require(Capability.LOSE_UNSYNCED_WRITES);
        around.release(node);
        process.kill();
        around.losePower(node);
      }
      case PAUSE -> {
        capabilities.require(Capability.PAUSE);
        around.release(node);
        process.pause();
      }
      case RESUME -> {
        process.resume();
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
    process(node);
    return Objects.requireNonNull(routes).find(viewer, node);
  }

  /// Where `node` listens on the port that its program calls `port`.
  public Address own(NodeId node, String port) {
    process(node);
    Map<String, Address> ofNode = addresses.getOrDefault(node, Map.of());
    return Optional.ofNullable(ofNode.get(port))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s has no port %s, only %s".formatted(program.name(), port, ofNode.keySet())));
  }

  @Override
  public Optional<Path> log(NodeId node) {
    return Optional.of(process(node).log());
  }

  @Override
  public Optional<Path> data(NodeId node) {
    return Optional.of(process(node).data());
  }

  private NodeProcess process(NodeId node) {
    return Optional.ofNullable(processes.get(node))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no node %s, only %s".formatted(node, processes.keySet())));
  }

  /// Kills all nodes, and removes their network. Their logs and folders stay.
  ///
  /// @throws IOException if something stays; whatever could be removed is gone by then
  @Override
  public void close() throws IOException {
    List<Closeable> parts = new ArrayList<>();
    processes.forEach((node, process) -> {
      parts.add(() -> around.release(node));
      parts.add(process::kill);
    });
    parts.add(around);
    parts.add(options.links()::close);
    namespaces.ifPresent(made -> parts.add(made::close));
    Attempts.forEach(parts, Closeable::close);
    namespaces = Optional.empty();
  }

  /// Its nodes, to be asked.
  private final class Runners implements RunningNodes {
    @Override
    public Address address(NodeId node, String port) {
      return own(node, port);
    }

    @Override
    public NodeState state(NodeId node) {
      return ProcessCluster.this.state(node);
    }

    @Override
    public List<ProcessHandle> processes(NodeId node) throws IOException {
      return process(node).members();
    }

    @Override
    public Path data(NodeId node) {
      return process(node).data();
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
      begin(node);
      awaitReady(node);
    }

    @Override
    public void end() throws IOException {
      process(node).kill();
    }
  }
}
