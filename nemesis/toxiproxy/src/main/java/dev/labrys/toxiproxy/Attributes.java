package dev.labrys.toxiproxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a toxic is set with, by name: all that its type knows, 0 and "" where nothing was given.
///
/// @param values those that are numbers
/// @param words those that are texts, which no toxic of Toxiproxy's has
record Attributes(Map<String, Long> values, Map<String, String> words) {

  Attributes {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
  }

  Attributes(Map<String, Long> values) {
    this(values, Map.of());
  }

  /// Those of these names, all 0 and "".
  static Attributes zero(List<String> numbers, List<String> texts) {
    Map<String, Long> values = new LinkedHashMap<>();
    numbers.forEach(name -> values.put(name, 0L));
    Map<String, String> words = new LinkedHashMap<>();
    texts.forEach(name -> words.put(name, ""));
    return new Attributes(values, words);
  }

  long value(String name) {
    return known(name, values);
  }

  String word(String name) {
    return known(name, words);
  }

  private static <T> T known(String name, Map<String, T> attributes) {
    T value = attributes.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no attribute " + name + " in " + attributes.keySet());
    }
    return value;
  }

  /// These, with those that `given` has as well; others in `given` don't matter.
  ///
  /// @throws ApiException if one of them is no whole number, or no text
  Attributes with(Json.Fields given) throws ApiException {
    Map<String, Long> merged = new LinkedHashMap<>(values);
    for (String name : values.keySet()) {
      given.whole(name).ifPresent(value -> merged.put(name, value));
    }
    Map<String, String> texts = new LinkedHashMap<>(words);
    for (String name : words.keySet()) {
      given.text(name).ifPresent(value -> texts.put(name, value));
    }
    return new Attributes(merged, texts);
  }
}
