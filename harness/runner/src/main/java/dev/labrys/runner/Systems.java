package dev.labrys.runner;

/// The systems that can be put to the test.
final class Systems {
  /// Our own Raft.
  static final String OWN = "labrys-raft";

  private Systems() {}

  static void require(String name) {
    if (!name.equals(OWN)) {
      throw CommandFailure.usage("there is no system '%s'; there is %s".formatted(name, OWN));
    }
  }
}
