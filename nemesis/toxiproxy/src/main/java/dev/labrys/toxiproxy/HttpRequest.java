package dev.labrys.toxiproxy;

import java.util.Map;
import java.util.Optional;

/// A request as it came in.
///
/// @param target path and query, as they were written
/// @param headers by name in small letters; of several, the first
record HttpRequest(
    String method, String target, Map<String, String> headers, String body, boolean keepsAlive) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
