package dev.labrys.experiment;

import java.util.Locale;

/// How a cluster can be made.
public enum Deployment {
  /// Of processes of this machine.
  PROCESSES,
  /// Of containers of a Docker engine.
  CONTAINERS,
  /// In one thread, on a clock that does not wait.
  SIMULATION;

  /// As users write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
