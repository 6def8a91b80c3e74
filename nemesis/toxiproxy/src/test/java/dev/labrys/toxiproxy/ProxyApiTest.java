package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.labrys.toxiproxy.TestBed.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Making, showing, changing and deleting proxies.
final class ProxyApiTest {
  private final TestBed bed = TestBed.open();

  @AfterEach
  void close() {
    bed.close();
  }

  private Reply create(String body) {
    return bed.post("/proxies", body.replace('\'', '"'));
  }

  @Test
  void aNewProxyIsShownWhole() throws IOException {
    Backend backend = bed.with(Backend.echo());
    String name = TestBed.name();

    Reply reply =
        create(
            "{'name':'%s','listen':'127.0.0.1:0','upstream':'%s','x':[{}]}"
                .formatted(name, backend.address()));

    TestProxy proxy = bed.with(new TestProxy(bed, name));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(reply.object().get("name").getAsString()).isEqualTo(name);
    assertThat(reply.object().get("listen").getAsString()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
    assertThat(reply.object().get("upstream").getAsString()).isEqualTo(backend.address());
    assertThat(reply.object().get("enabled").getAsBoolean()).isTrue();
    assertThat(reply.object().get("toxics").getAsJsonArray()).isEmpty();
    assertThat(proxy.show()).isEqualTo(reply.object());
    assertThat(bed.get("/proxies").object().get(name)).isEqualTo(reply.object());
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
  }

  @Test
  void keysMayBeInCapitalsAndNullMeansNotGiven() {
    String name = TestBed.name();

    Reply reply =
        create(
            "{'NAME':'%s','Listen':'127.0.0.1:0','uPstream':'u:1','enabled':null} rest"
                .formatted(name));

    bed.with(new TestProxy(bed, name));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.object().get("enabled").getAsBoolean()).isTrue();
  }

  @Test
  void hostNamesAreUnderstood() throws IOException {
    Backend backend = bed.with(Backend.echo());

    TestProxy proxy = bed.proxy("localhost:" + backend.port(), "localhost:0");

    assertThat(proxy.show().get("listen").getAsString())
        .matches("(127\\.0\\.0\\.1|\\[::1\\]):[1-9]\\d*");
    assertThat(proxy.show().get("upstream").getAsString()).isEqualTo("localhost:" + backend.port());
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
  }

  @Test
  void everyInterfaceIsShownAsSuch() {
    TestProxy proxy = bed.proxy("127.0.0.1:1", "");

    assertThat(proxy.show().get("listen").getAsString()).matches("\\[::\\]:[1-9]\\d*");
  }

  @Test
  void aDisabledProxyBindsNothingUntilItIsEnabled() throws IOException {
    Backend backend = bed.with(Backend.echo());
    String name = TestBed.name();
    create(
        "{'name':'%s','listen':'127.0.0.1:0','upstream':'%s','enabled':false}"
            .formatted(name, backend.address()));
    TestProxy proxy = bed.with(new TestProxy(bed, name));

    String before = proxy.show().get("listen").getAsString();
    proxy.enable();

    assertThat(before).isEqualTo("127.0.0.1:0");
    assertThat(proxy.port()).isPositive();
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'upstream':'u:1'}", "{'name':'','upstream':'u:1'}", "{}", "null"})
  void aProxyNeedsAName(String body) {
    Reply reply = create(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("missing required field: name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'name':'x'}", "{'name':'x','upstream':''}"})
  void aProxyNeedsAnUpstream(String body) {
    Reply reply = create(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("missing required field: upstream");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "no json",
        "[]",
        "7",
        "'text'",
        "{'name':'x',}",
        "{'name':'x' 'upstream':'y'}",
        "{'name':5,'upstream':'u:1'}",
        "{'name':'x','upstream':['u']}",
        "{'name':'x','upstream':'u:1','listen':7}",
        "{'name':'x','upstream':'u:1','enabled':'yes'}",
        "{'name':'x','upstream':'u:1','enabled':1}"
      })
  void aBodyThatIsNoneIsRefused(String body) {
    Reply reply = create(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("bad request body: ");
    assertThat(bed.get("/proxies/x").status()).isEqualTo(404);
  }

  @Test
  void aNameIsTakenOnce() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));

    Reply reply = create("{'name':'%s','upstream':'u:1'}".formatted(proxy.name()));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.error()).isEqualTo("proxy already exists");
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
  }

  @Test
  void aPortIsTakenOnce() {
    TestProxy first = bed.proxy("u:1");
    String name = TestBed.name();

    Reply reply =
        create("{'name':'%s','listen':'%s','upstream':'u:1'}".formatted(name, first.listen()));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.error())
        .isEqualTo("listen tcp %s: bind: address already in use".formatted(first.listen()));
    assertThat(bed.get("/proxies/" + name).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-port-here", "127.0.0.1:99999", "127.0.0.1:port", "a:b:c", "[::1]"})
  void anAddressThatIsNoneIsRefused(String listen) {
    String name = TestBed.name();

    Reply reply = create("{'name':'%s','listen':'%s','upstream':'u:1'}".formatted(name, listen));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.error()).startsWith("listen tcp: ");
    assertThat(bed.get("/proxies/" + name).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ä-ü-ß", "50%", "q?x&y#z", "Ω", "host:80"})
  void namesMayHaveAnyLetters(String letters) {
    String name = TestBed.name() + letters;
    String path = "/proxies/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");

    create("{'name':'%s','listen':'127.0.0.1:0','upstream':'u:1'}".formatted(name));

    assertThat(bed.get(path).object().get("name").getAsString()).isEqualTo(name);
    assertThat(bed.delete(path).status()).isEqualTo(204);
  }

  @Test
  void ofMakersOfOneNameOneWins() {
    String name = TestBed.name();
    List<CompletableFuture<Integer>> makers =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(() ->
                    create("{'name':'%s','listen':'127.0.0.1:0','upstream':'u:1'}".formatted(name))
                        .status()))
            .toList();

    Stream<Integer> statuses = makers.stream().map(CompletableFuture::join);

    assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409, 409, 409);
    bed.delete("/proxies/" + name);
  }

  @Test
  void aDeletedProxyIsGone() throws Exception {
    Backend backend = bed.with(Backend.echo());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.connect(proxy);
    client.echo("hello");

    Reply reply = bed.delete(proxy.path());

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.text()).isEmpty();
    assertThatThrownBy(() -> Peer.connect(proxy.port())).isInstanceOf(ConnectException.class);
    client.end();
    assertThat(bed.delete(proxy.path()).error()).isEqualTo("proxy not found");
  }

  @Test
  void portAndNameAreFreeAtOnce() throws IOException {
    Backend backend = bed.with(Backend.echo());
    TestProxy proxy = bed.proxy(backend);

    for (int i = 0; i < 10; i++) {
      bed.connect(proxy).echo("hello");
      bed.delete(proxy.path());
      Reply reply =
          create(
              "{'name':'%s','listen':'%s','upstream':'%s'}"
                  .formatted(proxy.name(), proxy.listen(), backend.address()));
      assertThat(reply.status()).isEqualTo(201);
    }

    assertThat(bed.connect(proxy).echo("again")).isEqualTo("again");
  }

  @Test
  void whatDoesNotChangeLeavesConnectionsAlone() throws IOException {
    Backend backend = bed.with(Backend.echo());
    TestProxy proxy = bed.proxy(backend);
    Peer client = bed.connect(proxy);
    client.echo("hello");

    proxy.update("{}");
    proxy.update("{'enabled':true,'name':'other'}");
    proxy.update(
        "{'listen':'localhost:%d','upstream':'%s'}".formatted(proxy.port(), backend.address()));
    Reply reply = bed.post(proxy.path(), "{\"enabled\":true}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().get("name").getAsString()).isEqualTo(proxy.name());
    assertThat(client.echo("still here")).isEqualTo("still here");
  }

  @Test
  void anUnknownNameIsNotFoundWhateverTheBody() {
    assertThat(bed.patch("/proxies/none-such", "}{").error()).isEqualTo("proxy not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "{'enabled':fal", "{'enabled':'no'}", "{'upstream':5}", "[]"})
  void aBrokenChangeChangesNothing(String body) {
    TestProxy proxy = bed.proxy("u:1");
    JsonObject before = proxy.show();

    Reply reply = bed.patch(proxy.path(), body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("bad request body: ");
    assertThat(proxy.show()).isEqualTo(before);
  }

  @Test
  void aNewUpstreamIsForNewConnections() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.saying(new byte[] {1})));
    Peer old = bed.connect(proxy);
    old.receive(1);

    Reply reply =
        proxy.update(
            "{'upstream':'%s'}".formatted(bed.with(Backend.saying(new byte[] {2})).address()));

    assertThat(reply.status()).isEqualTo(200);
    old.end();
    assertThat(bed.connect(proxy).receive(1)).containsExactly(2);
  }

  @Test
  void aNewPortIsServedAndTheOldOneIsNot() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    proxy.add("noop", "upstream", "");
    int old = proxy.port();

    proxy.update("{'listen':'127.0.0.1:0'}");

    assertThat(proxy.port()).isNotEqualTo(old);
    assertThatThrownBy(() -> Peer.connect(old)).isInstanceOf(ConnectException.class);
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
    assertThat(proxy.show().get("toxics").getAsJsonArray()).hasSize(1);
  }

  @Test
  void anAddressThatIsNoneDoesNoHarm() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    Peer client = bed.connect(proxy);
    client.echo("hello");

    Reply reply = bed.patch(proxy.path(), "{\"listen\":\"nonsense\"}");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.error()).isEqualTo("address nonsense: missing port in address");
    assertThat(client.echo("still here")).isEqualTo("still here");
  }

  @Test
  void aPortThatIsTakenLeavesTheProxyDisabled() throws IOException {
    Backend taken = bed.with(Backend.echo());
    TestProxy proxy = bed.proxy(taken);

    Reply reply = bed.patch(proxy.path(), "{\"listen\":\"%s\"}".formatted(taken.address()));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.error()).contains("address already in use");
    assertThat(proxy.show().get("enabled").getAsBoolean()).isFalse();
    assertThat(proxy.show().get("listen").getAsString()).isEqualTo(taken.address());
    proxy.update("{'listen':'127.0.0.1:0','enabled':true}");
    assertThat(bed.connect(proxy).echo("hello")).isEqualTo("hello");
  }
}
