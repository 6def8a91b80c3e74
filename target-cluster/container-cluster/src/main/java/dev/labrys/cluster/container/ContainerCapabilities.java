package dev.labrys.cluster.container;

import com.github.dockerjava.api.model.Info;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.machine.NodeSurroundings;
import java.io.IOException;
import java.util.Optional;

/// What can be done to containers here, as the engine says.
public final class ContainerCapabilities {

  private static final String ELSEWHERE =
      "the engine is not of this machine, and sees no files of it";

  private ContainerCapabilities() {}

  /// Asks the engine.
  public static Capabilities probe(Engine engine) throws IOException {
    Info info = Engine.ask("learn what it can do", () -> engine.client().infoCmd().exec());
    Capabilities all = Capabilities.none().probed(Capability.PAUSE, complaintAboutPause(info));
    return engine.isOfThisMachine()
        ? NodeSurroundings.probe(all)
        : all.without(Capability.SHIFT_CLOCK, ELSEWHERE);
  }

  /// A rootless engine on control groups of the first version has no freezer.
  private static Optional<String> complaintAboutPause(Info info) {
    return Optional.ofNullable(info.getRawValues().get("CgroupDriver"))
        .filter("none"::equals)
        .map(none -> "the engine is not allowed to use control groups");
  }
}
