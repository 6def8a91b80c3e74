package dev.labrys.history;

/// What to do if the last line of a `jsonl` file is torn, because its writer was killed.
public enum Tail {
  /// It is malformed like any other.
  STRICT,

  /// It is dropped, and a note at the end of the history says so. Only the last line may be torn.
  RECOVER
}
