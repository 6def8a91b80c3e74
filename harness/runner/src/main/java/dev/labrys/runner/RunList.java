package dev.labrys.runner;

import dev.labrys.workload.Workloads;

/// What `labrys run` can be asked for.
final class RunList {
  private RunList() {}

  static String text() {
    StringBuilder text = new StringBuilder("Workloads:\n");
    Workloads.all()
        .forEach(each ->
            text.append("  %-14s %s%n".formatted(each.name(), each.summary())));
    return text.toString();
  }
}
