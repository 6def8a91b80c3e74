package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.labrys.toxiproxy.TestBed.Reply;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Adding, showing, changing and removing toxics.
final class ToxicApiTest {
  private final TestBed bed = TestBed.open();
  private final TestProxy proxy = bed.proxy("127.0.0.1:1");

  @AfterEach
  void close() {
    bed.close();
  }

  private Reply add(String body) {
    return bed.post(proxy.path() + "/toxics", body.replace('\'', '"'));
  }

  private Reply change(String toxic, String body) {
    return bed.patch(proxy.path() + "/toxics/" + toxic, body.replace('\'', '"'));
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(text.replace('\'', '"'));
  }

  private List<String> names() {
    return StreamSupport.stream(bed.get(proxy.path() + "/toxics").array().spliterator(), false)
        .map(toxic -> toxic.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  @Test
  void whatIsNotSaidHasADefault() {
    Reply reply = add("{'type':'latency'}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(
            json(
                "{'attributes':{'latency':0,'jitter':0},'name':'latency_downstream',"
                    + "'type':'latency','stream':'downstream','toxicity':1}"));
    assertThat(proxy.show().get("toxics").getAsJsonArray()).containsExactly(reply.json());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ' ',
      value = {
        "latency 'latency':11,'jitter':12",
        "bandwidth 'rate':13",
        "slow_close 'delay':14",
        "timeout 'timeout':15",
        "slicer 'average_size':16,'size_variation':7,'delay':18",
        "limit_data 'bytes':19",
        "reset_peer 'timeout':20",
        "noop ''"
      })
  void attributesAreShownAsTheyWereGiven(String type, String attributes) {
    String given = attributes.equals("''") ? "" : attributes;

    Reply reply = proxy.ask(type, "upstream", given);

    assertThat(reply.object().get("attributes")).isEqualTo(json("{" + given + "}"));
    assertThat(reply.object().get("name").getAsString()).isEqualTo(type + "_upstream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {"hold 'refuse':1", "delay 'delay':2,'buffer':3"})
  void soAreThoseThatAreOurs(String type, String attributes) {
    bed.needsOurs();

    Reply reply = proxy.ask(type, "upstream", attributes);

    assertThat(reply.object().get("attributes")).isEqualTo(json("{" + attributes + "}"));
  }

  @Test
  void theStreamIsKeptAsItWasWritten() {
    Reply reply = add("{'type':'noop','stream':'UpStream','toxicity':0.3}");

    assertThat(reply.object().get("name").getAsString()).isEqualTo("noop_UpStream");
    assertThat(reply.object().get("stream").getAsString()).isEqualTo("UpStream");
    assertThat(reply.text()).contains("\"toxicity\":0.3");
  }

  @Test
  void upstreamComesFirstAndEachStreamInItsOrder() {
    add("{'type':'noop','name':'d1'}");
    add("{'type':'noop','name':'u1','stream':'upstream'}");
    add("{'type':'noop','name':'d2'}");
    add("{'type':'noop','name':'u2','stream':'upstream'}");

    assertThat(names()).containsExactly("u1", "u2", "d1", "d2");
  }

  @Test
  void aNameIsTakenOnceWhateverTheStream() {
    add("{'type':'noop','name':'x','stream':'upstream'}");

    Reply reply = add("{'type':'latency','name':'x'}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.error()).isEqualTo("toxic already exists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'type':'nosuch'}", "{}", "{'type':''}", "{'type':'Latency'}"})
  void anUnknownTypeIsRefused(String body) {
    Reply reply = add(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("invalid toxic type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sideways", "", "both"})
  void anUnknownStreamIsRefused(String stream) {
    Reply reply = add("{'type':'noop','stream':'%s'}".formatted(stream));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("stream was invalid, can be either upstream or downstream");
  }

  @Test
  void complaintsComeInTheirOrder() {
    add("{'type':'noop','name':'x'}");

    assertThat(bed.post("/proxies/none/toxics", "}{").error()).isEqualTo("proxy not found");
    assertThat(add("{'type':'no','stream':'bad','toxicity':'1'}").error())
        .startsWith("bad request body: ");
    assertThat(add("{'type':'no','stream':'bad','name':'x'}").error()).startsWith("stream was");
    assertThat(add("{'type':'no','name':'x'}").error()).isEqualTo("invalid toxic type");
    assertThat(add("{'type':'latency','name':'x','attributes':{'latency':'z'}}").error())
        .isEqualTo("toxic already exists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "5",
        "{'type':5}",
        "{'type':'latency','toxicity':'much'}",
        "{'type':'latency','toxicity':1e400}",
        "{'type':'latency','name':1}",
        "{'type':'latency','attributes':{'latency':'100'}}",
        "{'type':'latency','attributes':{'latency':1.5}}",
        "{'type':'latency','attributes':{'latency':100.0}}",
        "{'type':'latency','attributes':{'latency':1e3}}",
        "{'type':'latency','attributes':{'latency':99999999999999999999}}",
        "{'type':'latency','attributes':{'jitter':true}}",
        "{'type':'latency','attributes':5}",
        "{'type':'latency','attributes':[]}"
      })
  void aBodyThatIsNoneAddsNothing(String body) {
    Reply reply = add(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("bad request body: ");
    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsUnknownIsIgnoredAndNothingMayBeNull() {
    Reply reply = add("{'type':'latency','attributes':{'Latency':7,'rate':5,'x':{}},'extra':1}");
    Reply empty = add("{'type':'latency','name':'n','attributes':null,'toxicity':null}");

    assertThat(reply.object().get("attributes")).isEqualTo(json("{'latency':7,'jitter':0}"));
    assertThat(empty.object().get("attributes")).isEqualTo(json("{'latency':0,'jitter':0}"));
    assertThat(empty.object().get("toxicity").getAsDouble()).isEqualTo(1);
  }

  @Test
  void anUpdateChangesWhatItNames() {
    add("{'type':'latency','name':'x','toxicity':0.5,'attributes':{'latency':10,'jitter':2}}");

    Reply first = change("x", "{'attributes':{'jitter':5},'name':'y','type':'noop'}");
    Reply second = change("x", "{'toxicity':0}");
    Reply third =
        bed.post(proxy.path() + "/toxics/x", "{\"attributes\":{\"latency\":20},\"stream\":\"x\"}");

    assertThat(first.object().get("attributes")).isEqualTo(json("{'latency':10,'jitter':5}"));
    assertThat(first.object().get("toxicity").getAsDouble()).isEqualTo(0.5);
    assertThat(second.object().get("attributes")).isEqualTo(json("{'latency':10,'jitter':5}"));
    assertThat(second.object().get("toxicity").getAsDouble()).isZero();
    assertThat(third.object().get("name").getAsString()).isEqualTo("x");
    assertThat(third.object().get("attributes")).isEqualTo(json("{'latency':20,'jitter':5}"));
    assertThat(bed.get(proxy.path() + "/toxics/x").json()).isEqualTo(third.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{'toxicity':'0'}",
        "{'attributes':5}",
        "{'attributes':{'latency':'1'}}"
      })
  void aBrokenUpdateIsRefused(String body) {
    add("{'type':'latency','name':'x','attributes':{'latency':1}}");

    Reply reply = change("x", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("bad request body: ");
  }

  @Test
  void anUpdateIsMadeWholeOrNotAtAll() {
    bed.needsOurs();
    add("{'type':'latency','name':'x','attributes':{'latency':1}}");

    change("x", "{'attributes':{'latency':9,'jitter':'z'},'toxicity':0}");

    assertThat(bed.get(proxy.path() + "/toxics/x").text())
        .contains("\"latency\":1,\"jitter\":0")
        .contains("\"toxicity\":1}");
  }

  @Test
  void aRemovedToxicIsGone() {
    add("{'type':'noop','name':'x'}");

    Reply reply = bed.delete(proxy.path() + "/toxics/x");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.text()).isEmpty();
    assertThat(bed.delete(proxy.path() + "/toxics/x").error()).isEqualTo("toxic not found");
    assertThat(add("{'type':'noop','name':'x'}").status()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(bed.get("/proxies/none/toxics").error()).isEqualTo("proxy not found");
    assertThat(bed.delete("/proxies/none/toxics/x").error()).isEqualTo("proxy not found");
    assertThat(bed.get(proxy.path() + "/toxics/x").error()).isEqualTo("toxic not found");
    assertThat(bed.patch(proxy.path() + "/toxics/x", "}{").error()).isEqualTo("toxic not found");
  }

  @Test
  void thereAreNoMoreThanThereMayBe() {
    bed.needsOurs();
    for (int i = 0; i < Limits.TOXICS_OF_A_PROXY; i++) {
      add("{'type':'noop','name':'t%d'}".formatted(i));
    }

    Reply more = add("{'type':'noop','name':'more'}");
    Reply longName = add("{'type':'noop','name':'%s'}".formatted("x".repeat(Limits.TEXT + 1)));

    assertThat(more.error()).isEqualTo("too many toxics: there may be 64");
    assertThat(longName.error()).startsWith("bad request body: name is longer");
  }
}
