package dev.labrys.cluster.links;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.labrys.cluster.Address;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What is asked of a Toxiproxy server while its proxies are at work.
///
/// Not by `toxiproxy-java`, which waits for ever for a server that says nothing, and knows no
/// toxics but those of the real one.
final class ToxicApi {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Less than the five seconds after which the real server drops what it can't pass on.
  private static final Duration PATIENCE_FOR_CHANGES = Duration.ofSeconds(3);

  private static final int MOST_BYTES = 1 << 23;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /// How the server took a toxic.
  enum Taken {
    YES,
    /// It knows no toxic of that type.
    UNKNOWN_TYPE,
    NO_SUCH_PROXY
  }

  ToxicApi(Address api) {
    this.url = "http://" + api;
  }

  /// The names of all proxies, whosever they are.
  List<String> proxies() throws IOException {
    HttpResponse<String> answer = send("GET", "/proxies", "");
    expect(OK, answer);
    try {
      return List.copyOf(JsonParser.parseString(answer.body()).getAsJsonObject().keySet());
    } catch (JsonParseException | IllegalStateException strange) {
      throw new IOException("the Toxiproxy server answers strangely", strange);
    }
  }

  /// @param listen where it is to listen
  void create(String proxy, String listen, String upstream) throws IOException {
    create(proxy, listen, upstream, "true");
  }

  /// As [#create], but it listens once it is enabled.
  void createDisabled(String proxy, String listen, String upstream) throws IOException {
    create(proxy, listen, upstream, "false");
  }

  private void create(String proxy, String listen, String upstream, String enabled)
      throws IOException {
    String json =
        "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\",\"enabled\":%s}"
            .formatted(proxy, listen, upstream, enabled);
    expect(CREATED, send("POST", "/proxies", json));
  }

  /// @param attributes as JSON, without braces
  Taken add(String proxy, String toxic, String type, String stream, String attributes)
      throws IOException {
    String json =
        "{\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"%s\",\"toxicity\":1,\"attributes\":{%s}}"
            .formatted(toxic, type, stream, attributes);
    HttpResponse<String> answer = send("POST", "/proxies/" + proxy + "/toxics", json);
    if (answer.statusCode() == NOT_FOUND) {
      return Taken.NO_SUCH_PROXY;
    }
    if (answer.statusCode() == BAD_REQUEST && answer.body().contains("invalid toxic type")) {
      return Taken.UNKNOWN_TYPE;
    }
    expect(OK, answer);
    return Taken.YES;
  }

  /// Changes attributes of a toxic.
  ///
  /// @throws UnchangedException if it is not there, or that takes too long
  void change(String proxy, String toxic, String attributes) throws IOException {
    HttpResponse<String> answer;
    try {
      answer =
          send(
              "POST",
              "/proxies/" + proxy + "/toxics/" + toxic,
              "{\"attributes\":{%s}}".formatted(attributes),
              PATIENCE_FOR_CHANGES);
    } catch (HttpTimeoutException silent) {
      throw new UnchangedException("the Toxiproxy server does not come to change " + toxic);
    }
    if (answer.statusCode() == NOT_FOUND) {
      throw new UnchangedException("the Toxiproxy server has no toxic " + toxic);
    }
    expect(OK, answer);
  }

  /// Removes a toxic, if it is there.
  void remove(String proxy, String toxic) throws IOException {
    HttpResponse<String> answer = send("DELETE", "/proxies/" + proxy + "/toxics/" + toxic, "");
    if (answer.statusCode() != NOT_FOUND) {
      expect(NO_CONTENT, answer);
    }
  }

  /// The names of the toxics of a proxy; none if there is no such proxy.
  List<String> toxics(String proxy) throws IOException {
    HttpResponse<String> answer = send("GET", "/proxies/" + proxy + "/toxics", "");
    List<String> names = new ArrayList<>();
    if (answer.statusCode() != NOT_FOUND) {
      expect(OK, answer);
      try {
        for (JsonElement toxic : JsonParser.parseString(answer.body()).getAsJsonArray()) {
          names.add(toxic.getAsJsonObject().get("name").getAsString());
        }
      } catch (JsonParseException | IllegalStateException strange) {
        throw new IOException("the Toxiproxy server answers strangely", strange);
      }
    }
    return names;
  }

  /// Lets a proxy refuse connections, and ends those that are open.
  void disable(String proxy) throws IOException {
    expect(OK, send("POST", "/proxies/" + proxy, "{\"enabled\":false}"));
  }

  void enable(String proxy) throws IOException {
    expect(OK, send("POST", "/proxies/" + proxy, "{\"enabled\":true}"));
  }

  /// Removes a proxy, if it is there.
  void delete(String proxy) throws IOException {
    HttpResponse<String> answer = send("DELETE", "/proxies/" + proxy, "");
    if (answer.statusCode() != NOT_FOUND) {
      expect(NO_CONTENT, answer);
    }
  }

  private static void expect(int status, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(
          "the Toxiproxy server answers %d: %s"
              .formatted(answer.statusCode(), answer.body().strip()));
    }
  }

  private HttpResponse<String> send(String method, String path, String body) throws IOException {
    return send(method, path, body, PATIENCE);
  }

  private HttpResponse<String> send(String method, String path, String body, Duration patience)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(
          "no Toxiproxy server answers at %s: %s".formatted(url, failed.getCause()), failed);
    } catch (TimeoutException silent) {
      throw new HttpTimeoutException(
          String.format(
              Locale.ROOT,
              "the Toxiproxy server at %s has been silent for %.1f s",
              url,
              patience.toMillis() / 1e3));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a Toxiproxy server was asked");
    } finally {
      answer.cancel(true);
    }
  }
}
