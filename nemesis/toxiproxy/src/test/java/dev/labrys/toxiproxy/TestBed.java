package dev.labrys.toxiproxy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.labrys.toxiproxy.ToxiproxyOptions.MetricsChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;

/// A server under test, and all that a test makes around it, which is gone when it is closed.
///
/// The server is one of ours in this process, or the one whose address is in the system property
/// `toxiproxy.url`: that one is reset by tests, so it should be nobody else's.
final class TestBed implements AutoCloseable {
  /// How long to wait for what is sure to come.
  static final int PATIENCE_MILLIS = 60_000;

  private static int names;

  /// What a test made, and the bed takes away.
  interface Made extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Made> made = new ArrayDeque<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Optional<ToxiproxyServer> embedded;
  private final String url;

  private TestBed(Optional<ToxiproxyServer> embedded, String url) {
    this.embedded = embedded;
    this.url = url;
  }

  static TestBed open() {
    String given = System.getProperty("toxiproxy.url", "");
    return given.isEmpty() ? embedded() : new TestBed(Optional.empty(), given);
  }

  /// One with a server of ours, whatever is asked for.
  static TestBed embedded() {
    try {
      ToxiproxyServer server =
          ToxiproxyServer.start(
              ToxiproxyOptions.anywhere(_ -> new SplittableRandom(1)).with(MetricsChoice.SHOWN));
      return new TestBed(Optional.of(server), server.url());
    } catch (IOException failed) {
      throw new AssertionError("no server", failed);
    }
  }

  String url() {
    return url;
  }

  String host() {
    return URI.create(url).getHost();
  }

  int port() {
    return URI.create(url).getPort();
  }

  /// Skips the test if the server is somebody else's.
  void needsOurs() {
    Assumptions.assumeTrue(embedded.isPresent(), "only our server does this");
  }

  /// An answer of the API.
  record Reply(int status, HttpResponse<String> response) {

    String text() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonElement json() {
      return JsonParser.parseString(text());
    }

    JsonObject object() {
      return json().getAsJsonObject();
    }

    JsonArray array() {
      return json().getAsJsonArray();
    }

    String error() {
      return object().get("error").getAsString();
    }
  }

  Reply get(String path) {
    return call("GET", path, "");
  }

  Reply post(String path, String body) {
    return call("POST", path, body);
  }

  Reply patch(String path, String body) {
    return call("PATCH", path, body);
  }

  Reply delete(String path) {
    return call("DELETE", path, "");
  }

  Reply call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    request.header("User-Agent", "labrys-test");
    if (headers.length > 0) {
      request = request.copy();
      for (int i = 0; i < headers.length; i += 2) {
        request.setHeader(headers[i], headers[i + 1]);
      }
    }
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException failed) {
      throw new AssertionError("%s %s: no answer".formatted(method, path), failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /// Has `thing` closed at the end.
  <T extends Made> T with(T thing) {
    made.push(thing);
    return thing;
  }

  /// A name that no other proxy has.
  static synchronized String name() {
    return "test-%d-%d".formatted(ProcessHandle.current().pid(), ++names);
  }

  /// A proxy in front of `backend`, at a port that is free.
  TestProxy proxy(Backend backend) {
    return proxy(backend.address());
  }

  TestProxy proxy(String upstream) {
    return proxy(upstream, "127.0.0.1:0");
  }

  TestProxy proxy(String upstream, String listen) {
    String name = name();
    Reply reply =
        post(
            "/proxies",
            "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\"}"
                .formatted(name, listen, upstream));
    if (reply.status() != 201) {
      throw new AssertionError("no proxy: " + reply.text());
    }
    return with(new TestProxy(this, name));
  }

  Peer connect(TestProxy proxy) throws IOException {
    return with(Peer.connect(proxy.port()));
  }

  /// A port that nobody has at this moment.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new AssertionError("no free port", failed);
    }
  }

  /// `count` bytes that repeat themselves nowhere.
  static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    while (!made.isEmpty()) {
      made.pop().close();
    }
    http.close();
    if (embedded.isPresent()) {
      embedded.get().close();
    }
  }
}
