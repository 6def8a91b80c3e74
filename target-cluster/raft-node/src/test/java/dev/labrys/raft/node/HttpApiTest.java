package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HTTP clients are told.
final class HttpApiTest {
  @TempDir private static Path folder;

  private static TestNodes nodes;
  private static Http http;
  private static Node leader;

  @BeforeAll
  static void start() {
    // A machine that stalls for a moment must not change the leader while these run.
    nodes = TestNodes.started(folder, 3, "election-min=2s", "election-max=3s");
    http = new Http();
    leader = nodes.leader();
  }

  @AfterAll
  static void end() {
    http.close();
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"f":"write","key":"r","value":5}                                   | null
          {"f":"read","key":"r"}                                              | 5
          {"f":"cas","key":"r","value":[5,6]}                                 | true
          {"f":"cas","key":"r","value":[5,7]}                                 | false
          {"f":"write","key":"t","value":"é"}                                 | null
          {"f":"append","key":"t","value":"\\"x"}                             | null
          {"f":"get","key":"t"}                                               | "é\\"x"
          {"f":"write","key":"t","value":"\\ud83d\\ude00"}                     | null
          {"f":"read","key":"t"}                                              | "😀"
          {"f":"delete","key":"t"}                                            | null
          {"object":"register","f":"read","key":"t"}                          | null
          {"f":"txn","value":[["r","r"],["w","r",9],["r","r",null]]}          | [6,null,9]
          {"object":"list","f":"append","key":"l","value":1}                  | 0
          {"object":"list","f":"append","key":"l","value":"b"}                | 1
          {"object":"list","f":"read","key":"l"}                              | [1,"b"]
          {"object":"list","f":"read","key":"l","value":1}                    | "b"
          {"object":"list","f":"txn","value":[["append","l",3],["r","l"]]}    | [2,[1,"b",3]]
          {"object":"counter","f":"add","key":"c","value":10}                 | 10
          {"object":"counter","f":"increment","key":"c"}                      | 11
          {"object":"counter","f":"decrement","key":"c","value":2}            | 9
          {"object":"counter","f":"read","key":"c"}                           | 9
          {"object":"counter","f":"transfer","value":{"from":"c","to":"d","amount":4}} | true
          {"object":"counter","f":"read","key":"d"}                           | 4
          {"object":"set","f":"add","key":"s","value":1}                      | true
          {"object":"set","f":"add","key":"s","value":1}                      | false
          {"object":"set","f":"contains","key":"s","value":1}                 | true
          {"object":"set","f":"read","key":"s"}                               | [1]
          {"object":"set","f":"remove","key":"s","value":1}                   | true
          {"object":"queue","f":"enqueue","key":"q","value":1}                | null
          {"object":"queue","f":"enqueue","key":"q","value":2}                | null
          {"object":"stack","f":"pop","key":"q"}                              | 2
          {"object":"queue","f":"dequeue","key":"q"}                          | 1
          {"object":"queue","f":"dequeue","key":"q"}                          | null
          {"object":"lock","f":"acquire","key":"k","value":"me"}              | 1
          {"object":"lock","f":"holder","key":"k"}                            | "me"
          {"object":"lock","f":"release","key":"k","value":"me"}              | true
          """)
  void theStoreUnderstands(String json, String value) {
    HttpResponse<String> response = http.command(leader, json);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"outcome\":\"ok\",\"value\":%s}\n".formatted(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"f":"write"                           | the body is no JSON
          ~~                                     | the body is empty
          {"f":"read"} {}                        | more than one JSON value
          [1]                                    | expected an object
          {"f":"reed","key":"x"}                 | a register has no function 'reed'; it has read
          {"object":"tree","f":"read"}           | there is no object 'tree'
          {"f":"read","kay":"x"}                 | there is no field 'kay'
          {"key":"x"}                            | f must be a text
          {"f":"cas","key":"x","value":[1]}      | an array of 2
          {"f":"cas","key":"x"}                  | an array
          {"f":"append","key":"x","value":1}     | value must be a text
          {"f":"write","key":[],"value":1}       | a key is a text or a whole number
          {"f":"write","key":"x","value":{}}     | what is stored is a text, a whole number, or null
          {"f":"write","key":"x","value":1.5}    | numbers are whole
          {"f":"write","key":"x","value":99999999999999999999} | the body is no JSON
          {"f":"write","key":"x","value":"a\\ud800"}  | half of a character
          {"f":"write","key":"x","value":"\\udc00\\ud800"} | half of a character
          {"f":"write","key":"\\ud800x","value":1}   | half of a character
          {"\\ud800":"write"}                        | Broken surrogate pair
          {"f":"txn","value":[["w","x","\\ud800"]]}  | half of a character
          {"f":"txn","value":[["r"]]}            | a step is written
          {"object":"counter","f":"transfer","value":{"from":"a","to":"b","amount":1,"too":2}} | there is no field 'too'
          """)
  void aRequestThatMeansNothingIsToldWhy(String json, String complaint) {
    HttpResponse<String> response = http.send(leader, "POST", "/v1/command", json);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"outcome\":\"refused\",\"reason\":\"bad-request\"")
        .contains(complaint.replace("\"", "\\\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"f\":", "[1,", "x", "{\"a\":1,\"a\":2}", "\"\\u12\"", "\u0001"})
  void whatIsNoJsonIsToldSoInWordsThatMeanSomething(String body) {
    HttpResponse<String> response = http.send(leader, "POST", "/v1/command", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("the body is").doesNotContain("REDACTED", "StreamRead");
  }

  @Test
  void aCommandUnderTheSameKeyIsExecutedOnce() {
    HttpResponse<String> opened = http.send(leader, "POST", "/v1/sessions", "");
    String session = opened.body().replaceAll("\\D", "");
    String json = "{\"object\":\"counter\",\"f\":\"add\",\"key\":\"once\",\"value\":1}";

    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = http.command(leader, json, "Idempotency-Key", session + "-1");
      assertThat(response.body()).isEqualTo("{\"outcome\":\"ok\",\"value\":1}\n");
    }
    http.command(leader, json, "Idempotency-Key", session + "-2");

    HttpResponse<String> late = http.command(leader, json, "Idempotency-Key", session + "-1");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("session-answered");
    assertThat(http.send(leader, "DELETE", "/v1/sessions/" + session, "").statusCode())
        .isEqualTo(200);
    assertThat(http.command(leader, json, "Idempotency-Key", session + "-3").body())
        .contains("session-expired");
  }

  @Test
  void aFollowerNamesTheLeader() {
    HttpResponse<String> response =
        http.send(nodes.follower(), "POST", "/v1/command", "{\"f\":\"write\",\"key\":\"x\"}");

    String location = "http://" + leader.ports().httpAddress() + "/v1/command";
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(response.headers().firstValue("Location")).contains(location);
    assertThat(response.body()).contains("\"outcome\":\"refused\"", "not-leader", location);
  }

  @Test
  void aFollowerAnswersQueries() {
    http.command(leader, "{\"f\":\"write\",\"key\":\"f\",\"value\":3}");

    HttpResponse<String> response =
        http.send(nodes.follower(), "POST", "/v1/command", "{\"f\":\"read\",\"key\":\"f\"}");

    assertThat(response.body()).isEqualTo("{\"outcome\":\"ok\",\"value\":3}\n");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String json = "{\"f\":\"write\",\"key\":\"x\",\"value\":\"%s\"}".formatted("x".repeat(1 << 20));

    HttpResponse<String> response = http.send(leader, "POST", "/v1/command", json);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("too-large");
  }

  @Test
  void pagesOfOtherServersHaveNoBusinessHere() {
    HttpResponse<String> response =
        http.send(leader, "POST", "/admin/stop", "", "Origin", "http://example.org");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(leader.end()).isNotDone();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/command",
    "GET, /",
    "POST, /v1/sessions/x",
    "GET, /admin/stop",
    "POST, /admin/x",
    "POST, /status"
  })
  void whatIsNotThereIsNotFound(String method, String path) {
    HttpResponse<String> response = http.send(leader, method, path, "");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("there are");
  }

  @Test
  void healthAndStatusSayWhatTheServerIs() {
    assertThat(http.send(leader, "GET", "/health", "").body())
        .contains("\"status\":\"ok\"", "\"role\":\"leader\"");
    assertThat(http.send(leader, "GET", "/status", "").body())
        .contains(
            "\"cluster\":\"test\"",
            "\"node\":\"" + leader.options().node(),
            "\"commit-index\":",
            "\"snapshot\":{\"index\":0,\"term\":0}",
            "\"membership\":{\"voters\":[\"n1\",\"n2\",\"n3\"],\"outgoing\":[],\"learners\":[]}",
            "\"leader-client\":\"" + leader.ports().client().address(),
            "\"up\":true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          PUT  | /admin/peers      | {"n9":"nowhere"}                       | 400 | is no address
          PUT  | /admin/peers      | {"x":"a:1"}                            | 400 | is no node
          PUT  | /admin/peers      | {"n9":5}                               | 400 | host:port
          PUT  | /admin/peers      | {"n9":"a:1","9":"b:2"}                 | 400 | n9 is named twice
          POST | /admin/transfer   | {}                                     | 400 | target
          POST | /admin/transfer   | {"target":"n2","junk":1}               | 400 | there is no field 'junk'
          POST | /admin/stall      | {"millis":0,"nanos":0}                 | 400 | there is no field 'nanos'
          POST | /admin/membership | {"voters":["n1"],"learner":["n3"]}     | 400 | there is no field 'learner'
          POST | /admin/membership | {"voters":["n1","n1"]}                 | 400 | n1 is named twice
          POST | /admin/membership | {"voters":["n1"],"learners":["2","n2"]} | 400 | n2 is named twice
          POST | /admin/transfer   | {"target":"n9"}                        | 409 | impossible
          POST | /admin/stall      | {"millis":-1}                          | 400 | millis
          POST | /admin/stall      | {"millis":"5s"}                        | 400 | millis
          POST | /admin/drift      | {"millionths":500001}                  | 400 | from -500000
          POST | /admin/drift      | {"millionths":-9223372036854775808}    | 400 | from -500000
          POST | /admin/drift      | {"rate":1}                             | 400 | there is no field 'rate'
          POST | /admin/disk       | {"trouble":"tired"}                    | 400 | read-only
          POST | /admin/disk       | {"sync-delay-millis":5}                | 400 | trouble
          POST | /admin/disk       | {"trouble":"sound","sync-delay-millis":-1} | 400 | at most
          POST | /admin/disk       | {"trouble":"full","for":5}             | 400 | there is no field 'for'
          POST | /admin/membership | {"voters":[]}                          | 409 | impossible
          POST | /admin/membership | {"voters":["n1"],"learners":["n1"]}    | 409 | impossible
          POST | /admin/membership | {"voters":"n1"}                        | 400 | list of servers
          """)
  void whoeverRunsItIsToldWhatDoesNotWork(
      String method, String path, String body, int code, String complaint) {
    HttpResponse<String> response = http.send(leader, method, path, body);

    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(response.body()).contains(complaint);
  }

  @Test
  void aClusterIsMadeLargerHandedOverAndStoppedByHttp(@TempDir Path others) {
    try (TestNodes own = TestNodes.started(others, 1)) {
      Node first = own.leader();
      Node second = own.start(new ServerId(2), Configuration.NONE);

      String peers = "{\"n2\":\"%s\"}".formatted(second.ports().peer().address());
      assertThat(http.send(first, "PUT", "/admin/peers", peers).statusCode()).isEqualTo(200);
      String members = "{\"voters\":[\"n1\",\"n2\"]}";
      assertThat(http.send(first, "POST", "/admin/membership", members).statusCode())
          .isEqualTo(200);
      String target = "{\"target\":\"n2\"}";
      assertThat(http.send(first, "POST", "/admin/transfer", target).statusCode()).isEqualTo(200);
      assertThat(own.leader()).isSameAs(second);
      assertThat(http.send(second, "POST", "/admin/stop", "").statusCode()).isEqualTo(202);

      assertThat(Await.done(second.end())).isInstanceOf(Node.End.Asked.class);
    }
  }

  @Test
  void aLeaderWhoseTimersAreLateIsReplaced(@TempDir Path others) {
    try (TestNodes own = TestNodes.started(others, 3)) {
      Node stalled = own.leader();
      long term = Await.done(stalled.status()).server().term();

      String length = "{\"millis\":3600000}";
      assertThat(http.send(stalled, "POST", "/admin/stall", length).statusCode()).isEqualTo(200);

      Await.until(
          "it has been told of another term",
          () -> Await.done(stalled.status()).server().term() > term);
      http.send(stalled, "POST", "/admin/stall", "{\"millis\":0}");
      assertThat(own.leader()).isNotNull();
    }
  }

  @Test
  void aCommandWhoseFateIsUnknownIsNeverSaidToHaveFailed(@TempDir Path others) {
    try (TestNodes own = TestNodes.started(others, 2)) {
      Node alone = own.leader();
      own.end(own.follower().options().node());

      HttpResponse<String> response =
          http.send(
              alone,
              "POST",
              "/v1/command",
              "{\"f\":\"write\",\"key\":\"x\",\"value\":1}",
              "Request-Timeout",
              "100ms");

      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(response.body()).contains("\"outcome\":\"unknown\"");
    }
  }
}
