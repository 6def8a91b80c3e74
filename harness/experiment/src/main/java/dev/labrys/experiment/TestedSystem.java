package dev.labrys.experiment;

import dev.labrys.cluster.Program;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import dev.labrys.raft.RaftOptions;
import dev.labrys.system.etcd.Etcd;
import dev.labrys.system.etcd.EtcdOptions;
import dev.labrys.system.raft.ClassCache;
import dev.labrys.system.raft.RaftImage;
import dev.labrys.system.raft.RaftProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A system that can be put to the test.
public enum TestedSystem {
  /// Our own Raft.
  LABRYS_RAFT("labrys-raft", "partition,latency,kill,pause,stall") {
    @Override
    void check(Experiment.ClusterPlan plan) {
      RaftOptions.DEFAULTS.withAll(plan.raftOptions());
    }

    @Override
    long electionNanos(Experiment.ClusterPlan plan) {
      return RaftOptions.DEFAULTS.withAll(plan.raftOptions()).electionMaxNanos();
    }

    @Override
    Optional<String> framing() {
      return Optional.of(RaftProgram.FRAMING);
    }

    @Override
    Program specimen() {
      return RaftProgram.ofThisJvm(title(), List.of());
    }

    @Override
    Program program(Experiment.ClusterPlan plan, String cluster, Path cache) {
      // Nodes must hear the nemesis, who is no node, where they stall their timers.
      List<String> options = new ArrayList<>(List.of("--admin", "any"));
      for (String option : plan.raftOptions()) {
        options.add("--raft-option");
        options.add(option);
      }
      return switch (plan.deployment()) {
        case PROCESSES -> new ClassCache(cache).speedUp(RaftProgram.ofThisJvm(cluster, options));
        case CONTAINERS -> RaftImage.program(cluster, options);
        case SIMULATION -> throw new IllegalArgumentException("nothing is started to simulate");
      };
    }

    // On the base that is named, or one that needs no download.
    @Override
    Image image(Experiment.ClusterPlan plan, ImageBuild images) throws IOException {
      String base = plan.image().isEmpty() ? images.base() : plan.image();
      String name = base.equals(ImageBuild.LOCAL_BASE) ? RaftImage.NAME : RaftImage.on(base);
      return images.ensure(name, base, RaftImage.classPath());
    }
  },

  /// etcd, as it is installed on this machine or in an image.
  ETCD("etcd", "partition,latency,kill,pause") {
    @Override
    void check(Experiment.ClusterPlan plan) {
      if (plan.deployment() == Deployment.SIMULATION) {
        throw new IllegalArgumentException(
            "etcd is tested as processes and in containers, and not in simulation");
      }
      EtcdOptions.parse(title(), plan.raftOptions());
      if (plan.image().isEmpty()) {
        executable();
      }
    }

    @Override
    long electionNanos(Experiment.ClusterPlan plan) {
      return EtcdOptions.parse(title(), plan.raftOptions()).electionNanos();
    }

    @Override
    Optional<String> framing() {
      return Optional.empty();
    }

    @Override
    Program specimen() {
      return new Etcd(EtcdOptions.parse(title(), List.of()));
    }

    @Override
    Program program(Experiment.ClusterPlan plan, String cluster, Path cache) {
      String executable =
          plan.deployment() == Deployment.CONTAINERS ? title() : executable().toString();
      return new Etcd(EtcdOptions.parse(executable, plan.raftOptions()));
    }

    @Override
    Image image(Experiment.ClusterPlan plan, ImageBuild images) throws IOException {
      return plan.image().isEmpty()
          ? images.ensure(Etcd.IMAGE, executable())
          : images.existing(plan.image());
    }

    private Path executable() {
      String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
      return Arrays.stream(path.split(File.pathSeparator, -1))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, "etcd").toAbsolutePath())
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() ->
              new SystemMissingException(
                  "there is no etcd on the PATH: install it (in Debian, the package is"
                      + " etcd-server), or add its folder to the PATH; or name an image of it for"
                      + " containers"));
    }
  };

  private final String title;
  private final String usualFaults;

  TestedSystem(String title, String usualFaults) {
    this.title = title;
    this.usualFaults = usualFaults;
  }

  /// The system that users know by that name.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public static TestedSystem named(String name) {
    return Stream.of(values())
        .filter(each -> each.title.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no system '%s'; there are %s"
                    .formatted(
                        name,
                        Stream.of(values())
                            .map(TestedSystem::title)
                            .collect(Collectors.joining(", ")))));
  }

  /// Its name for users.
  public String title() {
    return title;
  }

  /// What goes wrong if nobody says what, as [dev.labrys.nemesis.Menace] reads it: what any machine
  /// can do to it.
  public String usualFaults() {
    return usualFaults;
  }

  /// Makes sure that a cluster of it can be as planned.
  ///
  /// @throws IllegalArgumentException if the plan makes no sense for it
  /// @throws SystemMissingException if this machine lacks it
  abstract void check(Experiment.ClusterPlan plan);

  /// How long it takes at most until a node that hears nobody wants to lead.
  abstract long electionNanos(Experiment.ClusterPlan plan);

  /// How messages between its nodes are told from each other; empty if nobody knows.
  abstract Optional<String> framing();

  /// Any program of it, to be asked what it is like and not to be started.
  abstract Program specimen();

  /// What its nodes run.
  ///
  /// @param cluster what the cluster is called, as no other that is there now
  /// @param cache a folder for what later runs can use again
  abstract Program program(Experiment.ClusterPlan plan, String cluster, Path cache);

  /// What its containers are made from.
  ///
  /// @throws IOException if there is none, and none can be made here
  abstract Image image(Experiment.ClusterPlan plan, ImageBuild images) throws IOException;
}
