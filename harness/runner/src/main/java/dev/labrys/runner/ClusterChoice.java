package dev.labrys.runner;

import dev.labrys.experiment.Deployment;
import dev.labrys.experiment.Experiment;
import dev.labrys.experiment.LinkPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What `labrys run` puts to the test.
final class ClusterChoice {
  @Option(
      names = "--system",
      paramLabel = "NAME",
      defaultValue = Systems.OWN,
      description =
          "What is put to the test: labrys-raft, or etcd, of this machine or an image. Default:"
              + " labrys-raft.")
  private String system = Systems.OWN;

  @Option(
      names = "--deploy",
      paramLabel = "KIND",
      converter = DeploymentArgument.class,
      defaultValue = "processes",
      description = "How: processes, containers or simulation. Default: processes.")
  private Deployment deployment = Deployment.PROCESSES;

  /// Empty: one is made.
  @Option(
      names = "--image",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Make containers from this image, which is downloaded if the engine does not have it: one"
              + " with etcd on its PATH, or for labrys-raft one with Java 25. Default: made of what"
              + " is on this machine, without a download.")
  private String image = "";

  @Option(
      names = {"-n", "--nodes"},
      paramLabel = "N",
      defaultValue = "5",
      description = "How many nodes. Default: 5.")
  private int nodes = 5;

  @Option(
      names = "--raft-option",
      paramLabel = "KEY=VALUE",
      description =
          "Change how the system behaves: labrys-raft by the keys that 'labrys lab --list' shows,"
              + " etcd by reads=local and flags of its own.")
  private List<String> raftOptions = List.of();

  @Option(
      names = "--links",
      paramLabel = "WHAT",
      converter = MeansArgument.class,
      defaultValue = "proxies",
      description =
          "What cuts nodes off: proxies, or kernel, which drops and delays packets on the bridge"
              + " between nodes and takes root; processes are in network namespaces then. Default:"
              + " proxies.")
  private Means means = Means.PROXIES;

  /// Absent: in the runner itself.
  @Option(
      names = "--toxiproxy",
      paramLabel = "URL",
      converter = LinksArgument.class,
      description =
          "Have the proxies between nodes at the Toxiproxy that listens there, on this machine:"
              + " http://127.0.0.1:8474; or at one in a container, of the real one's image or"
              + " another: container, container:IMAGE. Default: in the runner itself.")
  private @Nullable LinkPlan toxiproxy;

  /// @throws IllegalArgumentException if there can't be such a cluster, saying why
  Experiment.ClusterPlan plan() {
    return new Experiment.ClusterPlan(system, deployment, nodes, raftOptions, linkPlan(), image);
  }

  private LinkPlan linkPlan() {
    return switch (means) {
      case PROXIES -> toxiproxy == null ? LinkPlan.EMBEDDED : toxiproxy;
      case KERNEL -> {
        if (toxiproxy != null) {
          throw CommandFailure.usage("--toxiproxy does not go with --links kernel");
        }
        yield new LinkPlan.Kernel();
      }
    };
  }

  private static final class DeploymentArgument implements ITypeConverter<Deployment> {
    @Override
    public Deployment convert(String text) {
      return Choice.among(Deployment.values(), text);
    }
  }

  /// What cuts nodes off.
  private enum Means {
    PROXIES,
    KERNEL
  }

  private static final class MeansArgument implements ITypeConverter<Means> {
    @Override
    public Means convert(String text) {
      return Choice.among(Means.values(), text);
    }
  }

  private static final class LinksArgument implements ITypeConverter<LinkPlan> {
    @Override
    public LinkPlan convert(String text) {
      try {
        return LinkPlan.toxiproxy(text);
      } catch (IllegalArgumentException strange) {
        throw new TypeConversionException(strange.getMessage());
      }
    }
  }
}
