package dev.labrys.cluster.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Single messages between nodes are lost if the server is ours, and otherwise it is said why not.
final class LostMessagesTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int ALWAYS = 1_000_000;

  private static ToxiproxyServer ours() throws IOException {
    return ToxiproxyServer.start(ToxiproxyOptions.anywhere(name -> new Random(name.hashCode())));
  }

  private static LinkProxies links(ToxiproxyServer server, String framing) throws IOException {
    return LinkProxies.at(new Address(LOOPBACK, server.address().getPort()), "test")
        .speaking(framing);
  }

  private static Map<Way, Passage> unreliable(Way way, int drop, int duplicate) {
    return Map.of(
        way, new Passage.Unreliable(new Passage.Chances(drop, duplicate, 0), 0, 1_000_000));
  }

  private static void say(Socket socket, String... lines) throws IOException {
    for (String line : lines) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void messagesAreLostOneWayOnConnectionsThatAreOpen() throws IOException {
    try (ToxiproxyServer server = ours();
        LinkProxies links = links(server, "lines");
        ServerSocket node = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Address upstream = new Address(LOOPBACK, node.getLocalPort());
      Address proxy = links.between(new Party.Member(N1), N2, upstream, LOOPBACK);
      try (Socket opener = new Socket(proxy.host(), proxy.port());
          Socket accepter = node.accept()) {
        BufferedReader second = reader(accepter);
        say(opener, "one");
        assertThat(second.readLine()).isEqualTo("one");

        links.set(unreliable(Way.between(N1, N2), 0, ALWAYS));
        say(opener, "", "two");
        assertThat(second.readLine()).isEmpty();
        assertThat(second.readLine()).isEqualTo("two");
        assertThat(second.readLine()).isEqualTo("two");

        links.set(unreliable(Way.between(N2, N1), ALWAYS, 0));
        say(opener, "three");
        assertThat(second.readLine()).isEqualTo("three");
        links.set(Map.of());
        say(opener, "four");
        assertThat(second.readLine()).isEqualTo("four");
      }
    }
  }

  @Test
  void onNewConnectionsTheFirstMessageIsLostToo() throws IOException {
    try (ToxiproxyServer server = ours();
        LinkProxies links = links(server, "lines");
        ServerSocket node = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Address upstream = new Address(LOOPBACK, node.getLocalPort());
      Address proxy = links.between(new Party.Member(N1), N2, upstream, LOOPBACK);
      links.set(unreliable(Way.between(N1, N2), ALWAYS, 0));
      try (Socket opener = new Socket(proxy.host(), proxy.port());
          Socket accepter = node.accept()) {
        say(opener, "lost", "lost too");
        opener.shutdownOutput();

        assertThat(reader(accepter).readLine()).isNull();
      }
    }
  }

  @Test
  void whatCanBeDoneIsFoundOut() throws IOException {
    try (ToxiproxyServer server = ours();
        LinkProxies links = links(server, "labrys")) {
      assertThat(links.add(Capabilities.none()).has(Capability.DROP_MESSAGES)).isTrue();
      assertThat(new ToxiproxyClient(LOOPBACK, server.address().getPort()).getProxies()).isEmpty();
      assertThatThrownBy(() -> links.speaking("a language nobody knows"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("framing was invalid");
      LinkProxies dumb = LinkProxies.at(new Address(LOOPBACK, server.address().getPort()), "other");
      assertThat(dumb.add(Capabilities.none()).reasonAgainst(Capability.DROP_MESSAGES))
          .contains("it is not said how the nodes' messages are framed");
    }
  }

  /// Such a server answers as the real one does.
  @Test
  void aServerThatIsNotOursCannot() throws IOException {
    HttpServer foreign =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    foreign.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String method = exchange.getRequestMethod();
          int status = path.endsWith("/toxics") ? 400 : method.equals("POST") ? 201 : 200;
          String body =
              status == 400
                  ? "{\"error\":\"invalid toxic type\",\"status\":400}"
                  : "{\"version\":\"2.12.0\"}";
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          boolean isDelete = method.equals("DELETE");
          exchange.sendResponseHeaders(isDelete ? 204 : status, isDelete ? -1 : bytes.length);
          if (!isDelete) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    foreign.start();
    try (LinkProxies links =
        LinkProxies.at(new Address(LOOPBACK, foreign.getAddress().getPort()), "test")
            .speaking("labrys")) {
      Capabilities capabilities = links.add(Capabilities.none());

      assertThat(capabilities.has(Capability.CUT_LINKS)).isTrue();
      assertThat(capabilities.reasonAgainst(Capability.DROP_MESSAGES))
          .contains("the Toxiproxy server is not ours, and sees bytes instead of messages");
    } finally {
      foreign.stop(0);
    }
  }
}
