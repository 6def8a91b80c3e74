package dev.labrys.raft.node;

import java.net.InetSocketAddress;

/// Where something listens: a name or number of a machine, and a port, 0 for any that is free.
record HostPort(String host, int port) {
  private static final int PORTS = 1 << 16;
  private static final int LONGEST = 255;

  HostPort {
    if (host.isBlank() || host.length() > LONGEST || host.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("'" + host + "' names no host");
    }
    if (port < 0 || port >= PORTS) {
      throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
    }
  }

  /// What [#toString] wrote: `host:port`, an IPv6 host in brackets.
  ///
  /// @throws IllegalArgumentException if it is something else
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw notAnAddress(text);
    }
    try {
      return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException _) {
      throw notAnAddress(text);
    }
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException(
        "'%s' is no address: write host:port, for example 127.0.0.1:7001".formatted(text));
  }

  /// What a socket is bound to.
  static HostPort of(InetSocketAddress bound) {
    return new HostPort(bound.getAddress().getHostAddress(), bound.getPort());
  }

  /// For a socket. Asks for the number of the host if it is a name, which may take its time.
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
