package dev.labrys.toxiproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The numbers a toxic is set with, by name: all those of its type, 0 where none was given.
record Attributes(Map<String, Long> values) {

  Attributes {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Those of these names, all 0.
  static Attributes zero(List<String> names) {
    Map<String, Long> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, 0L));
    return new Attributes(values);
  }

  long value(String name) {
    Long value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no attribute " + name + " in " + values.keySet());
    }
    return value;
  }

  /// These, with those that `given` has as well; others in `given` don't matter.
  ///
  /// @throws ApiException if one of them is no whole number
  Attributes with(Json.Fields given) throws ApiException {
    Map<String, Long> merged = new LinkedHashMap<>(values);
    for (String name : values.keySet()) {
      given.whole(name).ifPresent(value -> merged.put(name, value));
    }
    return new Attributes(merged);
  }
}
