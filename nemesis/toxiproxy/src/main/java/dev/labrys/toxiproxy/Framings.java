package dev.labrys.toxiproxy;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// All framings that there are, by name.
final class Framings {
  private static final List<FramingSource> OTHERS =
      ServiceLoader.load(FramingSource.class, Framings.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /// What ours are called, for those who have asked for another one.
  static final String NAMES = "labrys, http, lines, length:4:big";

  private Framings() {}

  static Optional<Framing> named(String text) {
    return switch (text) {
      case "labrys" -> Optional.of(new PeerFraming());
      case "http" -> Optional.of(new HttpFraming());
      case "lines" -> Optional.of(new LineFraming());
      default ->
          text.startsWith("length:")
              ? LengthFraming.parse(text)
              : OTHERS.stream().flatMap(source -> source.named(text).stream()).findFirst();
    };
  }
}
