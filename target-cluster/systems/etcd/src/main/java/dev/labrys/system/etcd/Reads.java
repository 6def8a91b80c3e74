package dev.labrys.system.etcd;

/// How reads are asked for.
public enum Reads {
  /// A server answers once it has seen all that was acknowledged when it was asked.
  LINEARIZABLE(""),
  /// A server answers with what it happens to know, which may be old.
  LOCAL(",\"serializable\":true");

  private final String field;

  Reads(String field) {
    this.field = field;
  }

  /// What users call `linearizable` or `local`.
  ///
  /// @throws IllegalArgumentException if it is something else
  static Reads named(String text) {
    return switch (text) {
      case "linearizable" -> LINEARIZABLE;
      case "local" -> LOCAL;
      default ->
          throw new IllegalArgumentException(
              "reads of etcd are linearizable or local, not '%s'".formatted(text));
    };
  }

  /// The request that reads one key.
  String range(String key) {
    return "{\"key\":%s%s}".formatted(EtcdJson.quoted(key), field);
  }
}
