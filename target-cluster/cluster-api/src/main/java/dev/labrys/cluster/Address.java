package dev.labrys.cluster;

/// Where something listens.
public record Address(String host, int port) {
  private static final int PORTS = 1 << 16;

  public Address {
    if (host.isBlank()) {
      throw new IllegalArgumentException("an address needs a host");
    }
    if (port < 1 || port >= PORTS) {
      throw new IllegalArgumentException("a port is between 1 and 65535, not " + port);
    }
  }

  /// As people and URLs write it: an IPv6 host in brackets.
  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
