package dev.labrys.cluster.container;

import com.github.dockerjava.api.model.Info;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.machine.NodeSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What can be done to containers here, as the engine says.
public final class ContainerCapabilities {
  private static final String ELSEWHERE =
      "the engine is not of this machine, and sees no files of it";

  private static final Path KERNEL = Path.of("/proc/sys/kernel/osrelease");

  private static final Set<Capability> OF_FILES =
      EnumSet.of(Capability.DAMAGE_FILES, Capability.WIPE_FILES, Capability.ROLL_BACK_FILES);

  private ContainerCapabilities() {}

  /// Asks the engine, and tries what is done to its machine. Some of it has to be
  /// [provided][dev.labrys.cluster.machine.Provision] for before nodes start.
  public static Capabilities probe(Engine engine) throws IOException {
    return of(engine, NodeSurroundings::probe);
  }

  /// The same of containers that run `program`.
  public static Capabilities probe(Engine engine, Program program) throws IOException {
    return of(engine, () -> NodeSurroundings.probe(program));
  }

  /// What can be done to containers of `engine`.
  ///
  /// @param here what can be put around nodes of this machine
  static Capabilities of(Engine engine, Supplier<Capabilities> here) throws IOException {
    Info info = Engine.ask("learn what it can do", () -> engine.client().infoCmd().exec());
    Capabilities all =
        Capabilities.none()
            .probed(Capability.PAUSE, complaintAboutPause(info))
            .with(here.get())
            .with(
                engine.isOfThisMachine()
                    ? Capabilities.none()
                    : NodeSurroundings.impossible(ELSEWHERE));
    all =
        all.probed(Capability.LIMIT_CPU, complaintAboutLimits(info, info.getCpuCfsQuota()))
            .probed(Capability.LIMIT_MEMORY, complaintAboutLimits(info, info.getMemoryLimit()));
    if (!isOnThisKernel(info)) {
      all =
          all.without(
              Capability.LIMIT_DESCRIPTORS, "the engine's processes are not of this machine");
    }
    Path volumes = Path.of(String.valueOf(info.getDockerRootDir()), "volumes");
    if (!engine.isOfThisMachine() || !Files.isWritable(volumes)) {
      String reason = "this user can't change what is in %s".formatted(volumes);
      for (Capability each : OF_FILES) {
        all = all.without(each, reason);
      }
      if (NodeSurroundings.losesPowerByCopies(all)) {
        all = all.without(Capability.LOSE_UNSYNCED_WRITES, reason);
      }
    }
    return all;
  }

  /// An engine in a virtual machine has a socket of this one all the same.
  private static boolean isOnThisKernel(Info info) throws IOException {
    return Files.exists(KERNEL)
        && Files.readString(KERNEL).strip().equals(String.valueOf(info.getKernelVersion()));
  }

  private static Optional<String> complaintAboutLimits(Info info, @Nullable Boolean isSupported) {
    return complaintAboutPause(info)
        .or(() ->
            Boolean.TRUE.equals(isSupported)
                ? Optional.empty()
                : Optional.of("the engine says that its kernel does not support it"));
  }

  /// A rootless engine on control groups of the first version has no freezer, and no limits.
  private static Optional<String> complaintAboutPause(Info info) {
    return Optional.ofNullable(info.getRawValues().get("CgroupDriver"))
        .filter("none"::equals)
        .map(none -> "the engine is not allowed to use control groups");
  }
}
