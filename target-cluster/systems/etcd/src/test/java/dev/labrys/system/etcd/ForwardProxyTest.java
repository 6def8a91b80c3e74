package dev.labrys.system.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ForwardProxyTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final byte[] REQUEST =
      "GET http://192.0.2.1/ HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static ForwardProxy to(ServerSocket peer, Duration patience) throws IOException {
    Address address = new Address(LOOPBACK.getHostAddress(), peer.getLocalPort());
    return ForwardProxy.open(address.host(), _ -> Optional.of(address), patience);
  }

  /// Reads the request whole, but not the end that follows.
  private static void readRequest(Socket asked) throws IOException {
    InputStream in = asked.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
  }

  @Test
  void aPeerThatIsSilentIsLeftOnceNobodyWaits() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 0, LOOPBACK);
        ForwardProxy proxy = to(peer, Duration.ofMillis(1))) {
      Socket server = new Socket(LOOPBACK, proxy.address().port());
      server.getOutputStream().write(REQUEST);
      try (Socket asked = peer.accept()) {
        readRequest(asked);

        server.close();

        while (asked.getInputStream().read() >= 0) {
          // What nobody waits for ends.
        }
        while (proxy.connections() > 0) {
          assertThat(Thread.interrupted()).as("in good time").isFalse();
        }
      }
    }
  }

  @Test
  void anAnswerMayBeSlowAsLongAsSomebodyWaits() throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 0, LOOPBACK);
        ForwardProxy proxy = to(peer, Duration.ofMillis(1));
        Socket server = new Socket(LOOPBACK, proxy.address().port())) {
      server.getOutputStream().write(REQUEST);
      try (Socket asked = peer.accept()) {
        readRequest(asked);
        asked.getOutputStream().write(7);
        assertThat(server.getInputStream().read()).isEqualTo(7);
        asked.getOutputStream().write(8);
      }
      assertThat(server.getInputStream().read()).isEqualTo(8);
      assertThat(server.getInputStream().read()).isEqualTo(-1);
    }
  }
}
