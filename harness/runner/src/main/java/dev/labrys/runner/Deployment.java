package dev.labrys.runner;

/// How a cluster can be made.
enum Deployment {
  /// Of processes of this machine.
  PROCESSES,
  /// Of containers of a Docker engine.
  CONTAINERS,
  /// In one thread, on a clock that does not wait.
  SIMULATION;

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
