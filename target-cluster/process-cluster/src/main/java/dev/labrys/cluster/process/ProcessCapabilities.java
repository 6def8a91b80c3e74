package dev.labrys.cluster.process;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Links;
import java.io.File;
import java.io.IOException;

/// What can be done to plain processes here, found out by trying.
final class ProcessCapabilities {

  private ProcessCapabilities() {}

  static Capabilities probe(Links links) {
    String plain = "nodes are plain processes";
    Capabilities found =
        links
            .limit(Capabilities.all())
            .without(Capability.SHIFT_CLOCK, plain + " and share the machine's clock")
            .without(Capability.LOSE_UNSYNCED_WRITES, plain + " and share the machine's disk")
            .without(Capability.FILL_DISK, plain + " and share the machine's disk");
    return canSignal() ? found : found.without(Capability.PAUSE, "there is no kill command");
  }

  private static boolean canSignal() {
    try {
      long self = ProcessHandle.current().pid();
      Process kill =
          new ProcessBuilder("kill", "-0", Long.toString(self))
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      return kill.onExit().join().exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
