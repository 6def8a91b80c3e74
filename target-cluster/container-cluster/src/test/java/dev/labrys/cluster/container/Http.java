package dev.labrys.cluster.container;

import dev.labrys.cluster.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Requests of tests, which wait as long as it takes.
final class Http {

  private Http() {}

  static String get(Address address, String path) throws IOException {
    return get(URI.create("http://" + address + path));
  }

  static String get(URI uri) throws IOException {
    try (InputStream in = uri.toURL().openConnection(Proxy.NO_PROXY).getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
