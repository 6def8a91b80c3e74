package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.labrys.toxiproxy.TestBed.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many proxies at once.
final class PopulateAndResetTest {
  private final TestBed bed = TestBed.open();

  @AfterEach
  void close() {
    bed.close();
  }

  private Reply populate(String body) {
    return bed.post("/populate", body.replace('\'', '"'));
  }

  private static String wanted(String name, String listen, String upstream) {
    return "{'name':'%s','listen':'%s','upstream':'%s'}".formatted(name, listen, upstream);
  }

  @Test
  void allAreMadeInOrder() {
    String first = TestBed.name();
    String second = TestBed.name();

    Reply reply =
        populate(
            "[%s,{'name':'%s','upstream':'u:1','enabled':false}]"
                .formatted(wanted(first, "127.0.0.1:0", "u:1"), second));

    bed.delete("/proxies/" + first);
    bed.delete("/proxies/" + second);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.object().get("proxies").getAsJsonArray())
        .extracting(proxy -> proxy.getAsJsonObject().get("name").getAsString())
        .containsExactly(first, second);
    assertThat(reply.object().get("proxies").getAsJsonArray())
        .extracting(proxy -> proxy.getAsJsonObject().get("enabled").getAsBoolean())
        .containsExactly(true, false);
  }

  @Test
  void nothingIsNull() {
    assertThat(populate("[]").object().get("proxies").isJsonNull()).isTrue();
  }

  @Test
  void whatIsTheSameIsKept() throws IOException {
    Backend backend = bed.with(Backend.echo());
    TestProxy proxy = bed.proxy(backend);
    proxy.add("noop", "upstream", "");
    Peer client = bed.connect(proxy);
    client.echo("hello");

    Reply reply =
        populate("[%s]".formatted(wanted(proxy.name(), proxy.listen(), backend.address())));

    assertThat(only(reply).get("toxics").getAsJsonArray()).hasSize(1);
    assertThat(client.echo("still here")).isEqualTo("still here");
  }

  @Test
  void whatDiffersIsReplaced() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    proxy.add("noop", "upstream", "");
    Peer client = bed.connect(proxy);
    client.echo("hello");
    Backend other = bed.with(Backend.saying(new byte[] {7}));

    Reply reply = populate("[%s]".formatted(wanted(proxy.name(), proxy.listen(), other.address())));

    assertThat(only(reply).get("toxics").getAsJsonArray()).isEmpty();
    client.end();
    assertThat(bed.connect(proxy).receive(1)).containsExactly(7);
  }

  private static JsonObject only(Reply reply) {
    return reply.object().get("proxies").getAsJsonArray().get(0).getAsJsonObject();
  }

  @Test
  void allAreLookedAtBeforeOneIsMade() {
    String name = TestBed.name();

    Reply reply = populate("[%s,{'name':'x'}]".formatted(wanted(name, "127.0.0.1:0", "u:1")));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.object().get("error").getAsString())
        .isEqualTo("missing required field: upstream at proxy 2");
    assertThat(reply.object().get("proxies").isJsonNull()).isTrue();
    assertThat(bed.get("/proxies/" + name).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "{}", "7", "[{'name':5}]", "[7]"})
  void whatIsNoListIsRefused(String body) {
    Reply reply = populate(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(reply.error()).startsWith("bad request body: ");
    assertThat(reply.object().keySet()).containsExactlyInAnyOrder("error", "status", "proxies");
  }

  @Test
  void whatWentWellBeforeAFailureStays() {
    Backend taken = bed.with(Backend.echo());
    String first = TestBed.name();
    String bad = TestBed.name();
    String last = TestBed.name();

    Reply reply =
        populate(
            "[%s,%s,%s]"
                .formatted(
                    wanted(first, "127.0.0.1:0", "u:1"),
                    wanted(bad, taken.address(), "u:1"),
                    wanted(last, "127.0.0.1:0", "u:1")));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(only(reply).get("name").getAsString()).isEqualTo(first);
    assertThat(bed.get("/proxies/" + bad).status()).isEqualTo(404);
    assertThat(bed.get("/proxies/" + last).status()).isEqualTo(404);
    assertThat(bed.delete("/proxies/" + first).status()).isEqualTo(204);
  }

  @Test
  void resetEnablesAllAndTakesAwayAllToxics() throws IOException {
    TestProxy off = bed.proxy(bed.with(Backend.echo()));
    TestProxy on = bed.proxy(bed.with(Backend.echo()));
    off.add("latency", "upstream", "'latency':100000");
    off.disable();
    on.add("bandwidth", "downstream", "'rate':0");

    Reply reply = bed.post("/reset", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(off.show().get("toxics").getAsJsonArray()).isEmpty();
    assertThat(bed.connect(off).echo("hello")).isEqualTo("hello");
    assertThat(bed.connect(on).echo("hello")).isEqualTo("hello");
  }

  @Test
  void resetDeliversWhatWasDelayed() throws IOException {
    TestProxy proxy = bed.proxy(bed.with(Backend.echo()));
    proxy.add("latency", "upstream", "'latency':100000000");
    Peer client = bed.connect(proxy);
    client.send("late");

    bed.post("/reset", "");

    assertThat(client.hear(4)).isEqualTo("late");
    assertThat(client.echo("more")).isEqualTo("more");
  }
}
