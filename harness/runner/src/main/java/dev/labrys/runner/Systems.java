package dev.labrys.runner;

import dev.labrys.cluster.Program;
import dev.labrys.system.raft.RaftProgram;
import java.util.List;

/// Our own system, as one that can be put to the test.
final class Systems {
  /// Our own Raft.
  static final String OWN = "labrys-raft";

  private Systems() {}

  /// The program that its nodes run, of this build.
  static Program own() {
    return RaftProgram.ofThisJvm(OWN, List.of());
  }
}
