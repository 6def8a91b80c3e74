package dev.labrys.toxiproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/// An address as users write it: `127.0.0.1:5432`, `localhost:http`, `[::1]:80`, `:0`.
///
/// @param host a name, a number, or empty for every interface
record HostPort(String host, int port) {
  private static final int PORTS = 1 << 16;

  /// The services that are known by name.
  private static final Map<String, Integer> SERVICES =
      Map.of("ftp", 21, "ssh", 22, "smtp", 25, "domain", 53, "http", 80, "https", 443);

  /// Understands what clients of Toxiproxy write; an empty text is every interface and any port.
  ///
  /// @throws ListenException if that makes no sense, in the words of Toxiproxy
  static HostPort parse(String text) throws ListenException {
    if (text.isEmpty()) {
      return new HostPort("", 0);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw new ListenException("address %s: missing port in address".formatted(text));
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new ListenException("address %s: too many colons in address".formatted(text));
    }
    return new HostPort(host, port(text.substring(colon + 1)));
  }

  private static int port(String text) throws ListenException {
    if (text.isEmpty()) {
      return 0;
    }
    if (text.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
      int port = text.length() > 9 ? PORTS : Integer.parseInt(text);
      if (port >= PORTS) {
        throw new ListenException("address %s: invalid port".formatted(text));
      }
      return port;
    }
    Integer known = SERVICES.get(text);
    if (known == null) {
      throw new ListenException("lookup tcp/%s: unknown port".formatted(text));
    }
    return known;
  }

  /// Whether it names no host.
  boolean isAnywhere() {
    return host.isEmpty();
  }

  /// The host, if it is a number.
  ///
  /// @throws IllegalArgumentException if it is a name
  InetAddress literal() {
    return InetAddress.ofLiteral(host);
  }

  /// For a listening socket. Asks for the number of the host if it is a name.
  InetSocketAddress resolve() throws ListenException {
    if (isAnywhere()) {
      return new InetSocketAddress(port);
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (IOException _) {
      throw new ListenException("lookup %s: no such host".formatted(host));
    }
  }

  /// An address in numbers, as the API shows it.
  static String text(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host.isAnyLocalAddress()) {
      return "[::]:" + address.getPort();
    }
    String number = host.getHostAddress();
    return (number.indexOf(':') < 0 ? number : "[" + number + "]") + ":" + address.getPort();
  }
}
