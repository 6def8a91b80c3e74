package dev.labrys.runner;

import dev.labrys.nemesis.Menace;
import dev.labrys.workload.Workloads;

/// What `labrys run` can be asked for.
final class RunList {
  private RunList() {}

  static String text() {
    StringBuilder text = new StringBuilder("Workloads:\n");
    Workloads.all()
        .forEach(each -> text.append("  %-14s %s%n".formatted(each.name(), each.summary())));
    text.append("\nKinds of faults, with their options beside interval and duration:\n");
    Menace.kinds().forEach((name, options) -> text.append("  %-14s %s%n".formatted(name, options)));
    return text.toString();
  }
}
