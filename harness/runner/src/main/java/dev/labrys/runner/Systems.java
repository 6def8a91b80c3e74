package dev.labrys.runner;

import dev.labrys.cluster.Program;
import dev.labrys.system.raft.RaftProgram;
import java.util.List;

/// The systems that can be put to the test.
final class Systems {
  /// Our own Raft.
  static final String OWN = "labrys-raft";

  private Systems() {}

  /// The program that its nodes run, of this build.
  static Program own() {
    return RaftProgram.ofThisJvm(OWN, List.of());
  }

  static void require(String name) {
    if (!name.equals(OWN)) {
      throw CommandFailure.usage("there is no system '%s'; there is %s".formatted(name, OWN));
    }
  }
}
