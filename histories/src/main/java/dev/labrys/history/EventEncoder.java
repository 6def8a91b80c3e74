package dev.labrys.history;

/// Writes the events of a journal, in order, in one format.
interface EventEncoder {

  /// Writes what comes before the first event.
  default void start(Utf8Buffer out) {}

  /// Writes `event`, its line end included.
  ///
  /// @throws IllegalArgumentException if this format has no way to say it
  void event(Utf8Buffer out, Event event);
}
