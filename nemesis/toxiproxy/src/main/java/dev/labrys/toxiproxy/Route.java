package dev.labrys.toxiproxy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a path of the API stands for.
///
/// @param names of the proxy and of the toxic, as far as the path has them
record Route(Resource resource, List<String> names) {

  /// What there is, and what can be done to it.
  enum Resource {
    VERSION,
    METRICS,
    RESET,
    POPULATE,
    PROXIES,
    PROXY,
    TOXICS,
    TOXIC;

    boolean allows(String method) {
      return switch (this) {
        case METRICS -> true;
        case VERSION -> method.equals("GET");
        case RESET, POPULATE -> method.equals("POST");
        case PROXIES, TOXICS -> Set.of("GET", "POST").contains(method);
        case PROXY, TOXIC -> Set.of("GET", "POST", "PATCH", "DELETE").contains(method);
      };
    }
  }

  Route {
    names = List.copyOf(names);
  }

  String proxy() {
    return names.getFirst();
  }

  String toxic() {
    return names.getLast();
  }

  /// What `path` stands for, if anything.
  static Optional<Route> of(String path) {
    List<String> parts = List.of(path.substring(1).split("/", -1));
    if (parts.contains("")) {
      return Optional.empty();
    }
    return switch (parts.size()) {
      case 1 -> single(parts.getFirst());
      case 2 -> below(parts, Resource.PROXY, parts.subList(1, 2));
      case 3 -> belowToxics(parts, Resource.TOXICS, parts.subList(1, 2));
      case 4 -> belowToxics(parts, Resource.TOXIC, List.of(parts.get(1), parts.get(3)));
      default -> Optional.empty();
    };
  }

  private static Optional<Route> single(String part) {
    return switch (part) {
      case "version" -> Optional.of(new Route(Resource.VERSION, List.of()));
      case "metrics" -> Optional.of(new Route(Resource.METRICS, List.of()));
      case "reset" -> Optional.of(new Route(Resource.RESET, List.of()));
      case "populate" -> Optional.of(new Route(Resource.POPULATE, List.of()));
      case "proxies" -> Optional.of(new Route(Resource.PROXIES, List.of()));
      default -> Optional.empty();
    };
  }

  private static Optional<Route> below(List<String> parts, Resource resource, List<String> names) {
    return parts.getFirst().equals("proxies")
        ? Optional.of(new Route(resource, names))
        : Optional.empty();
  }

  private static Optional<Route> belowToxics(
      List<String> parts, Resource resource, List<String> names) {
    return parts.get(2).equals("toxics") ? below(parts, resource, names) : Optional.empty();
  }

  /// The path of a request's target, decoded; none if it can't be.
  static Optional<String> path(String target) {
    int query = target.indexOf('?');
    String written = query < 0 ? target : target.substring(0, query);
    int scheme = written.indexOf("://");
    if (scheme >= 0 && !written.startsWith("/")) {
      int slash = written.indexOf('/', scheme + 3);
      written = slash < 0 ? "/" : written.substring(slash);
    }
    return written.startsWith("/") ? decode(written) : Optional.empty();
  }

  private static Optional<String> decode(String written) {
    ByteBuffer bytes = ByteBuffer.allocate(written.length());
    for (int i = 0; i < written.length(); i++) {
      char letter = written.charAt(i);
      if (letter != '%') {
        bytes.put((byte) letter);
        continue;
      }
      int high = i + 2 < written.length() ? Character.digit(written.charAt(i + 1), 16) : -1;
      int low = i + 2 < written.length() ? Character.digit(written.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// The same path without doubled slashes and dot segments.
  static String cleaned(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        kept.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        kept.addLast(part);
      }
    }
    String joined = "/" + String.join("/", kept);
    return path.endsWith("/") && !kept.isEmpty() ? joined + "/" : joined;
  }
}
