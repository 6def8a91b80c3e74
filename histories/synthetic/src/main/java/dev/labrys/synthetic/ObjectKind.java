package dev.labrys.synthetic;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The objects that can be simulated. Each names the checker's model that describes it.
public enum ObjectKind {
  REGISTER("register", 0.5),
  CAS_REGISTER("cas-register", 1.0 / 3),
  KV("kv", 1.0 / 3),
  KV_APPEND("kv-append", 0.3),
  APPEND("append", 0.3),
  LIST_APPEND("list-append", 0.5),
  KV_STRING("kv-string", 0.3),
  MULTI_REGISTER("multi-register", 0.5),
  COUNTER("counter", 0.5),
  MUTEX("mutex", 0),
  REENTRANT_MUTEX("reentrant-mutex", 0),
  FENCED_MUTEX("fenced-mutex", 0),
  QUEUE("queue", 0.5),
  UNORDERED_QUEUE("unordered-queue", 0.5),
  STACK("stack", 0.5),
  SET("set", 0.3),
  GROW_ONLY_SET("set", 0.1),
  UNIQUE_ID("unique-id", 0),
  BANK("bank", 0.3),
  LOG("log", 0.5);

  private final String model;
  private final double usualReadFraction;

  ObjectKind(String model, double usualReadFraction) {
    this.model = model;
    this.usualReadFraction = usualReadFraction;
  }

  /// The name by which users know this kind: `cas-register`, `grow-only-set` …
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// The name of the model that describes this kind.
  public String model() {
    return model;
  }

  /// The fraction of reads (for containers: of takes) of [Recipe#of].
  double usualReadFraction() {
    return usualReadFraction;
  }

  /// Whether operations name their key even if there is only one.
  boolean isAlwaysKeyed() {
    return this == KV || this == KV_APPEND || this == KV_STRING;
  }

  /// Whether one operation touches several keys at once, so that keys are part of its value.
  boolean isTransactional() {
    return this == LIST_APPEND || this == MULTI_REGISTER || this == BANK;
  }

  /// The kind with this [#label].
  ///
  /// @throws IllegalArgumentException if there is no such kind, naming those that exist
  public static ObjectKind named(String label) {
    for (ObjectKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "no object '%s'; there are: %s"
            .formatted(
                label,
                Arrays.stream(values()).map(ObjectKind::label).collect(Collectors.joining(", "))));
  }
}
