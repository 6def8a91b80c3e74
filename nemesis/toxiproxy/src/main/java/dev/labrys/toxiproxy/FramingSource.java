package dev.labrys.toxiproxy;

import java.util.Optional;

/// Adds framings to the server: found by [java.util.ServiceLoader].
public interface FramingSource {

  /// The framing that is written so: a name, and perhaps what it needs to know behind colons.
  Optional<Framing> named(String text);
}
