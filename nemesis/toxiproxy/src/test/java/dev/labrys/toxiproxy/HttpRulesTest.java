package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.toxiproxy.TestBed.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for all requests, whatever they ask for.
final class HttpRulesTest {
  /// The lines that the last request of a connection has.
  private static final String LAST = "Host: h\r\nConnection: close\r\n";

  private final TestBed bed = TestBed.open();

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theVersionIsToldInJson() {
    Reply reply = bed.get("/version");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(reply.object().get("version").getAsString()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/no-such-path", "/proxies/", "/proxies/x/y", "/proxies/a/b/c/d"})
  void anUnknownPathIsNotFound(String path) {
    assertThat(bed.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/proxies",
    "DELETE,/proxies",
    "POST,/version",
    "HEAD,/version",
    "OPTIONS,/proxies",
    "GET,/reset",
    "GET,/populate",
    "PUT,/proxies/x",
    "PATCH,/proxies/x/toxics",
    "PUT,/proxies/x/toxics/y"
  })
  void aWrongMethodIsToldSoWithoutABody(String method, String path) {
    Reply reply = bed.call(method, path, "");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.text()).isEmpty();
  }

  @Test
  void aBrowserIsRefused() {
    String name = TestBed.name();
    String body = "{\"name\":\"%s\",\"upstream\":\"127.0.0.1:1\"}".formatted(name);

    Reply reply = bed.call("POST", "/proxies", body, "User-Agent", "Mozilla/5.0 (X11) Firefox/130");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).isEqualTo("User agent not allowed\n");
    assertThat(bed.get("/proxies/" + name).status()).isEqualTo(404);
  }

  @Test
  void aPageOfAnotherServerIsRefused() {
    bed.needsOurs();

    Reply reply = bed.call("POST", "/reset", "", "Origin", "http://elsewhere.example");

    assertThat(reply.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl/8 like Mozilla/5.0", "mozilla/5.0", ""})
  void othersAreNoBrowsers(String agent) {
    assertThat(bed.call("GET", "/proxies", "", "User-Agent", agent).status()).isEqualTo(200);
  }

  @Test
  void everyAnswerHasANumberOfItsOwn() {
    List<String> numbers =
        List.of("/version", "/proxies", "/proxies/none", "/version").stream()
            .map(path -> bed.get(path).header("X-Toxiproxy-Request-Id"))
            .toList();

    assertThat(numbers).doesNotContain("").doesNotHaveDuplicates();
  }

  @Test
  void anErrorIsJsonThatIsCalledText() {
    Reply reply = bed.get("/proxies/none-such");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEqualTo("{\"error\":\"proxy not found\",\"status\":404}\n");
    assertThat(reply.header("Content-Type")).isEqualToIgnoringCase("text/plain; charset=utf-8");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aPathThatIsNotCleanIsRedirected() {
    Reply reply = bed.get("//proxies/../version");

    assertThat(reply.status()).isEqualTo(301);
    assertThat(reply.header("Location")).isEqualTo("/version");
  }

  @Test
  void aQueryDoesNotMatter() {
    assertThat(bed.get("/version?x=/y").status()).isEqualTo(200);
  }

  @Test
  void aBodyMayComeInChunksWithoutAType() throws IOException {
    String name = TestBed.name();
    String body = "{\"name\":\"" + name + "\",\"upstream\":\"u:1\",\"enabled\":false}";
    String chunks =
        "7\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\nTrailer: t\r\n\r\n"
            .formatted(body.substring(0, 7), body.length() - 7, body.substring(7));

    String answer =
        raw("POST /proxies HTTP/1.1\r\n" + LAST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);

    assertThat(answer).startsWith("HTTP/1.1 201 ");
    assertThat(bed.delete("/proxies/" + name).status()).isEqualTo(204);
  }

  @Test
  void anAnswerToHeadHasNoBody() throws IOException {
    String answer = raw("HEAD /none HTTP/1.1\r\n" + LAST + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
  }

  @Test
  void aRequestMayHaveNoBodyAndNoLength() throws IOException {
    String start = "POST /reset HTTP/1.1\r\nUser-Agent: Java/25\r\n";

    String answer = raw(start + "Host: h\r\n\r\n" + start + LAST + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 204 ").containsPattern("\r\n\r\nHTTP/1.1 204 ");
  }

  /// All that is answered to `request`. It has to be one after which the server closes: whoever
  /// closes first may have gone away, and the real server spares itself the answer then.
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getAllByName(bed.host())[0], bed.port())) {
      socket.setSoTimeout(TestBed.PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /version\r\n\r\n",
        "GET /version HTTP/1.1\r\nno colon\r\n\r\n",
        "GET version HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nConnection: close\r\n\r\n",
        "POST /reset HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /reset HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST /reset HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /reset HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n"
      })
  void whatIsNoRequestIsToldSo(String request) throws IOException {
    bed.needsOurs();

    assertThat(raw(request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void tooMuchIsRefusedBeforeItIsRead() throws IOException {
    bed.needsOurs();

    String start = "POST /proxies HTTP/1.1\r\n";

    assertThat(raw(start + "Content-Length: 99999999999\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    assertThat(raw(start + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(raw(start + "X: " + "y".repeat(Limits.HEAD))).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void metricsCountWhatWentThroughClosedConnections() throws Exception {
    bed.needsOurs();
    Backend backend = bed.with(Backend.silent());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.connect(proxy);
    Peer server = backend.next();
    client.send("0123456789");
    server.receive(10);
    server.send("abc");
    client.receive(3);

    client.close();
    server.end();
    proxy.disable();

    assertThat(bed.get("/metrics").text())
        .containsPattern(counter("received", "upstream", proxy) + " 10\n")
        .containsPattern(counter("sent", "downstream", proxy) + " 3\n");
  }

  private static String counter(String kind, String direction, TestProxy proxy) {
    return "toxiproxy_proxy_%s_bytes_total\\{direction=\"%s\",[^}]*proxy=\"%s\"[^}]*\\}"
        .formatted(kind, direction, proxy.name());
  }

  @Test
  void metricsAreNotFoundUnlessAskedFor() throws IOException {
    try (ToxiproxyServer plain =
        ToxiproxyServer.start(ToxiproxyOptions.anywhere(_ -> new java.util.SplittableRandom(1)))) {
      Peer client = bed.with(Peer.connect(plain.address().getPort()));

      client.send("GET /metrics HTTP/1.1\r\nConnection: close\r\n\r\n");

      assertThat(new String(client.receiveAll(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 404 ");
    }
  }
}
