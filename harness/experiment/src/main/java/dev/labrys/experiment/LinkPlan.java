package dev.labrys.experiment;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.container.ContainedToxiproxy;
import dev.labrys.cluster.container.Image;
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

  /// Proxies at a Toxiproxy in a container, for this run only.
  ///
  /// @param image of it
  record Contained(String image) implements LinkPlan {
    static final String TEXT = "container";

    public Contained {
      if (!Image.isName(image)) {
        throw new IllegalArgumentException("not the name of an image: " + image);
      }
    }

    /// What is written `container` or `container:IMAGE`; empty if that is something else.
    static Optional<LinkPlan> of(String text) {
      if (text.equals(TEXT)) {
        return Optional.of(new Contained(ContainedToxiproxy.IMAGE));
      }
      return text.startsWith(TEXT + ":")
          ? Optional.of(new Contained(text.substring(TEXT.length() + 1)))
          : Optional.empty();
    }

    @Override
    public String text() {
      return TEXT + ":" + image;
    }
  }

  /// Nothing: the kernel drops packets between them. Processes are in network namespaces then.
  record Kernel() implements LinkPlan {
    static final String TEXT = "kernel";

    @Override
    public String text() {
      return TEXT;
    }
  }

  /// What is written so: `embedded`, `kernel`, `container:IMAGE` or a URL.
  ///
  /// @throws IllegalArgumentException if it is nothing of that
  static LinkPlan parse(String text) {
    return switch (text) {
      case Embedded.TEXT -> EMBEDDED;
      case Kernel.TEXT -> new Kernel();
      default -> toxiproxy(text);
    };
  }

  /// A Toxiproxy of those outside the runner: `container`, `container:IMAGE` or a URL.
  ///
  /// @throws IllegalArgumentException if it is nothing of that
  static LinkPlan toxiproxy(String text) {
    return Contained.of(text).orElseGet(() -> Server.of(text));
  }
}
