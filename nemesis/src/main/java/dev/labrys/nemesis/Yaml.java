package dev.labrys.nemesis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A part of a YAML document that knows its line. Nothing in it means anything yet: `5`, `"5"` and
/// `5s` are texts alike.
sealed interface Yaml {

  /// Where it begins, counted from 1.
  int line();

  /// What stands by itself; empty where nothing stands.
  record Text(int line, String text) implements Yaml {}

  /// Parts in order.
  record Items(int line, List<Yaml> items) implements Yaml {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// Parts with names, in order.
  record Fields(int line, Map<String, Yaml> fields) implements Yaml {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// Says that something is wrong with this part.
  default IllegalArgumentException wrong(String what) {
    return wrong(line(), what);
  }

  /// Says that something is wrong in a line.
  static IllegalArgumentException wrong(int line, String what) {
    return new IllegalArgumentException("line %d: %s".formatted(line, what));
  }
}
