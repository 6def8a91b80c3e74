package dev.labrys.nemesis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The fields of a part of a plan, taken one by one, so that what nobody takes is noticed.
final class PlanFields {
  private final Yaml.Fields part;
  private final String what;
  private final Map<String, Yaml> left;

  private PlanFields(Yaml.Fields part, String what) {
    this.part = part;
    this.what = what;
    this.left = new LinkedHashMap<>(part.fields());
  }

  /// @param what this is, for messages
  static PlanFields of(Yaml part, String what) {
    if (part instanceof Yaml.Fields fields) {
      return new PlanFields(fields, what);
    }
    throw part.wrong("expected %s, with fields such as \"name: value\"".formatted(what));
  }

  int line() {
    return part.line();
  }

  IllegalArgumentException wrong(String complaint) {
    return part.wrong(complaint);
  }

  boolean has(String name) {
    return left.containsKey(name);
  }

  Optional<Yaml> take(String name) {
    return Optional.ofNullable(left.remove(name));
  }

  Yaml need(String name) {
    return take(name).orElseThrow(() -> wrong("%s needs the field %s".formatted(what, name)));
  }

  <T> T require(String name, Function<String, T> meaning) {
    return text(need(name), name, meaning);
  }

  <T> Optional<T> read(String name, Function<String, T> meaning) {
    return take(name).map(value -> text(value, name, meaning));
  }

  /// What a text means.
  static <T> T text(Yaml value, String name, Function<String, T> meaning) {
    if (!(value instanceof Yaml.Text(int _, String text))) {
      throw value.wrong("expected a single text for %s".formatted(name));
    }
    try {
      return meaning.apply(text);
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "line %d: %s: %s".formatted(value.line(), name, unreadable.getMessage()), unreadable);
    }
  }

  void complainAboutTheRest(List<String> known) {
    left.forEach((name, value) -> {
      throw value.wrong(
          "%s has no field %s here; there are %s".formatted(what, name, String.join(", ", known)));
    });
  }
}
