package dev.labrys.runner;

import dev.labrys.synthetic.Adversary;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import java.util.stream.Collectors;

/// What `labrys gen` can make, as a table.
final class SyntheticKinds {
  private SyntheticKinds() {}

  static String list() {
    StringBuilder table = new StringBuilder();
    table.append("%-18s %s%n".formatted("--model", "--corrupt"));
    for (ObjectKind kind : ObjectKind.values()) {
      String corruptions =
          Corruption.of(kind).stream().map(Corruption::label).collect(Collectors.joining(", "));
      table.append("  %-16s %s%n".formatted(kind.label(), corruptions));
    }
    table.append("%n%-28s %-18s %s%n".formatted("--adversary", "of a", "verdict"));
    for (Adversary adversary : Adversary.values()) {
      table.append(
          "  %-26s %-18s %s%n"
              .formatted(
                  adversary.label(),
                  adversary.kind().label(),
                  adversary.isLinearizable() ? "valid" : "invalid"));
    }
    return table.toString();
  }
}
