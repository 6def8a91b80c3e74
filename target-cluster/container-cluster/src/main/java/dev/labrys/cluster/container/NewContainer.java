package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/// The first container of a node, as Testcontainers makes it.
///
/// Testcontainers knows containers that are started once. What comes after the first start, and how
/// a node is seen to serve, is the cluster's business.
final class NewContainer extends GenericContainer<NewContainer> {

  /// Everything is in the log of the run; an engine keeps another copy for ever if it may.
  private static final LogConfig SHORT_LOG =
      new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "16m", "max-file", "1"));

  private static final Path VIEWS = Path.of("/labrys");

  private final Run run;
  private final Engine engine;
  private final Berth berth;
  private final Launch launch;
  private final Consumer<String> whenCreated;

  /// @param whenCreated is told the id of the container before it is started
  NewContainer(
      Run run,
      Engine engine,
      ContainerOptions options,
      Berth berth,
      Launch launch,
      Consumer<String> whenCreated) {
    super(DockerImageName.parse(options.image().name()));
    this.run = run;
    this.engine = engine;
    this.berth = berth;
    this.launch = launch;
    this.whenCreated = whenCreated;
    if (options.image().isLocal()) {
      withImagePullPolicy(name -> false);
    }
    waitingFor(new Nothing());
    withStartupCheckStrategy(new Always());
    withCreateContainerCmdModifier(command -> shape(command, options));
  }

  private void shape(CreateContainerCmd command, ContainerOptions options) {
    command
        .withName(run.name(berth.node().name()))
        .withHostName(berth.node().name())
        .withAliases(berth.node().name())
        .withIpv4Address(berth.address())
        .withLabels(run.labels(berth.node().name()))
        .withEntrypoint(launch.command())
        .withCmd(List.of())
        .withEnv(
            launch.environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList())
        .withExposedPorts(berth.published().keySet().stream().map(ExposedPort::tcp).toList())
        .withHostConfig(host(options));
  }

  private HostConfig host(ContainerOptions options) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(berth.network())
            .withPortBindings(
                berth.published().entrySet().stream()
                    .map(port ->
                        new PortBinding(
                            Ports.Binding.bindIpAndPort(engine.publishOn(), port.getValue()),
                            ExposedPort.tcp(port.getKey())))
                    .toList())
            .withBinds(binds(options))
            .withLogConfig(SHORT_LOG);
    return limited(host, options.limits());
  }

  /// An engine without control groups refuses any limit, even one beyond what there is.
  static HostConfig limited(HostConfig host, Limits limits) {
    return limits.equals(Limits.none())
        ? host
        : host.withCpuPeriod(Limits.PERIOD_MICROS)
            .withCpuQuota(limits.cpuQuota(NodeLimits.UNLIMITED))
            .withMemory(limits.memory(NodeLimits.UNLIMITED))
            .withMemorySwap(limits.memoryWithSwap(NodeLimits.UNLIMITED));
  }

  private List<Bind> binds(ContainerOptions options) {
    List<Bind> binds = new ArrayList<>();
    binds.add(new Bind(berth.volume(), new Volume(options.image().data().toString())));
    for (Path each : berth.views()) {
      binds.add(new Bind(each.toString(), new Volume(seen(each).toString()), AccessMode.ro));
    }
    return binds;
  }

  /// Where a node sees a file or folder of this machine that it is to see.
  static Path seen(Path path) {
    return VIEWS.resolve(path.toAbsolutePath().toString().substring(1));
  }

  @Override
  protected void containerIsCreated(String containerId) {
    whenCreated.accept(containerId);
  }

  /// Waits for nothing.
  static final class Nothing extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {
      // It returns as soon as the container is started.
    }
  }

  /// Takes every start for one that worked. The library's own look at containers is allowed once a
  /// second, for all of them together.
  static final class Always extends StartupCheckStrategy {
    @Override
    public boolean waitUntilStartupSuccessful(DockerClient client, String containerId) {
      return true;
    }

    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
      return StartupStatus.SUCCESSFUL;
    }
  }
}
