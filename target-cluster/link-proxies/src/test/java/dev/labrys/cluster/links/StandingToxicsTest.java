package dev.labrys.cluster.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.links.LinkProxy.Stream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a server is asked for whose toxics can't be changed at the moment.
@Timeout(120)
final class StandingToxicsTest {
  private static final Optional<Passage> HELD = Optional.of(Passage.Shut.HELD);

  private static final LinkProxy.Place PLACE =
      new LinkProxy.Place("p", "127.0.0.1:1", "127.0.0.1:2");

  private static final String ENABLE = "POST /proxies/p {\"enabled\":true}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean mayEnable = true;
  private HttpServer server;
  private ToxicApi api;
  private StandingToxics toxics;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    api = new ToxicApi(new Address("127.0.0.1", server.getAddress().getPort()));
    toxics = StandingToxics.of(api, PLACE);
  }

  @AfterEach
  void end() {
    end.countDown();
    server.stop(0);
    threads.close();
  }

  /// Says nothing to who changes a toxic.
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String request = "%s %s %s".formatted(exchange.getRequestMethod(), path, body).strip();
    asked.add(request);
    if (path.contains("/toxics/")) {
      try {
        end.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    boolean isDelete = exchange.getRequestMethod().equals("DELETE");
    int status = isDelete ? 204 : path.equals("/proxies") ? 201 : 200;
    boolean isRefused = request.equals(ENABLE) && !mayEnable;
    exchange.sendResponseHeaders(isRefused ? 500 : status, -1);
    exchange.close();
  }

  @Test
  void aProxyIsMadeAnewWhoseToxicsCannotBeChanged() throws IOException {
    asked.clear();

    toxics.set(Map.of(Stream.DOWNSTREAM, HELD));

    assertThat(asked).hasSize(8);
    assertThat(asked.get(0))
        .isEqualTo("POST /proxies/p/toxics/gate-downstream {\"attributes\":{\"rate\":0}}");
    assertThat(asked.get(1)).isEqualTo("DELETE /proxies/p");
    assertThat(asked.get(2))
        .startsWith("POST /proxies {")
        .contains(
            "\"listen\":\"127.0.0.1:1\"", "\"upstream\":\"127.0.0.1:2\"", "\"enabled\":false");
    assertThat(asked.subList(3, 7))
        .allSatisfy(each -> assertThat(each).startsWith("POST /proxies/p/toxics {"))
        .filteredOn(each -> each.contains("\"rate\":0}"))
        .singleElement()
        .asString()
        .contains("gate-downstream");
    assertThat(asked.get(7)).isEqualTo(ENABLE);
  }

  @Test
  void aProxyMadeAnewThatCouldNotBeEnabledIsEnabledNextTime() throws IOException {
    LinkProxy proxy = new LinkProxy(api, PLACE, toxics);
    mayEnable = false;
    assertThatThrownBy(() -> proxy.set(Map.of(Stream.DOWNSTREAM, HELD)))
        .isInstanceOf(IOException.class);
    mayEnable = true;
    asked.clear();

    proxy.set(Map.of(Stream.DOWNSTREAM, HELD));

    assertThat(asked).containsExactly(ENABLE);
  }

  @Test
  void whatIsInForceIsNotAskedForAgain() throws IOException {
    asked.clear();

    toxics.set(Map.of());

    assertThat(asked).isEmpty();
  }

  @Test
  void messagesCannotBeLost() {
    Passage unreliable = new Passage.Unreliable(new Passage.Chances(1, 0, 0), 0, 0);

    assertThatThrownBy(() -> toxics.set(Map.of(Stream.UPSTREAM, Optional.of(unreliable))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("knows no messages");
  }
}
