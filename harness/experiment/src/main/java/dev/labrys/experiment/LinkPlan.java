package dev.labrys.experiment;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.links.LinkProxies;
import java.net.URI;
import java.util.Optional;

/// What is to stand between the nodes of a real cluster, and between them and their clients.
public sealed interface LinkPlan {

  /// Proxies in the runner itself.
  LinkPlan EMBEDDED = new Embedded();

  /// As users write it; [#parse] reads it.
  String text();

  /// Proxies in the runner itself.
  record Embedded() implements LinkPlan {
    static final String TEXT = "embedded";

    @Override
    public String text() {
      return TEXT;
    }
  }

  /// Proxies at a Toxiproxy server of this machine that runs already.
  ///
  /// @param api where it listens
  record Server(Address api) implements LinkPlan {

    /// The server at a URL.
      ///
      /// @throws IllegalArgumentException if it is none of a Toxiproxy
      public static Server of(String text) {
      String complaint =
          "a Toxiproxy server is named as http://127.0.0.1:%d, not as %s"
              .formatted(LinkProxies.USUAL_PORT, text);
      try {
        URI url = URI.create(text);
        boolean isPlain =
            "http".equals(url.getScheme())
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null
                && Optional.ofNullable(url.getPath()).orElse("").matches("/?");
        if (!isPlain || url.getHost() == null) {
          throw new IllegalArgumentException(complaint);
        }
        String host = url.getHost().replace("[", "").replace("]", "");
        return new Server(
            new Address(host, url.getPort() < 0 ? LinkProxies.USUAL_PORT : url.getPort()));
      } catch (IllegalArgumentException strange) {
        throw new IllegalArgumentException(complaint, strange);
      }
    }

    @Override
    public String text() {
      return "http://" + api;
    }
  }

  /// What is written so: `embedded` or a URL.
  ///
  /// @throws IllegalArgumentException if it is nothing of that
  static LinkPlan parse(String text) {
    return switch (text) {
      case Embedded.TEXT -> EMBEDDED;
      default -> Server.of(text);
    };
  }
}
