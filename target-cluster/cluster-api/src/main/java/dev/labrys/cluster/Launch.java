package dev.labrys.cluster;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How to start a node.
///
/// @param command the program and its arguments, which no shell reads
/// @param environment what is set for it beyond the usual
/// @param ready how to see that it serves
public record Launch(List<String> command, SortedMap<String, String> environment, Readiness ready) {
  public Launch {
    command = List.copyOf(command);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a launch needs a command");
    }
  }
}
