package dev.labrys.experiment;

import dev.labrys.workload.Generator;

final class Pace {
  private Pace() {}

  static Generator of(Experiment experiment, Generator load) {
    return load;
  }
}
