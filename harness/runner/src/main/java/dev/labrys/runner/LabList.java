package dev.labrys.runner;

import dev.labrys.lab.LabOptions;
import dev.labrys.lab.LabTest;
import dev.labrys.lab.Part;
import dev.labrys.raft.RaftOptions;
import java.util.List;

/// What `labrys lab` can run, and how servers can be made to behave, as a table.
final class LabList {
  private LabList() {}

  static String of(List<LabTest> tests, LabOptions options) {
    StringBuilder list = new StringBuilder();
    for (Part part : Part.values()) {
      List<LabTest> inPart = tests.stream().filter(test -> test.part() == part).toList();
      if (!inPart.isEmpty()) {
        list.append(heading(part));
        inPart.forEach(test -> list.append(line(test)));
        list.append('\n');
      }
    }
    list.append("--raft-option, and what it is if not given\n");
    List<String> keyValues = options.raft().keyValues();
    int next = 0;
    for (String meaning : RaftOptions.keys().values()) {
      list.append("  %s%n      %s%n".formatted(keyValues.get(next++), meaning));
    }
    return list.toString();
  }

  private static String heading(Part part) {
    return "%s  %s (%s)%n".formatted(part.label(), part.title(), part.group());
  }

  private static String line(LabTest test) {
    return "  %s (%d servers)%n      %s%n".formatted(test.name(), test.servers(), test.demand());
  }
}
