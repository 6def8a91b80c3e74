package dev.labrys.cluster.container;

import com.github.dockerjava.api.model.Info;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import java.io.IOException;
import java.util.Optional;

/// What can be done to containers here, as the engine says.
final class ContainerCapabilities {

  private ContainerCapabilities() {}

  static Capabilities probe(Engine engine) throws IOException {
    String noProxy = "nodes hear each other without a proxy";
    String shared = "containers share the machine's ";
    Capabilities found =
        Capabilities.all()
            .without(Capability.CUT_LINKS, noProxy)
            .without(Capability.DELAY_LINKS, noProxy)
            .without(Capability.SHIFT_CLOCK, shared + "clock")
            .without(Capability.LOSE_UNSYNCED_WRITES, shared + "disk")
            .without(Capability.FILL_DISK, shared + "disk");
    Info info = Engine.ask("learn what it can do", () -> engine.client().infoCmd().exec());
    return canFreeze(info)
        ? found
        : found.without(Capability.PAUSE, "the engine is not allowed to use control groups");
  }

  /// A rootless engine on control groups of the first version has no freezer.
  private static boolean canFreeze(Info info) {
    return !Optional.ofNullable(info.getRawValues().get("CgroupDriver"))
        .filter("none"::equals)
        .isPresent();
  }
}
