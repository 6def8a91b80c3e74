package dev.labrys.raft.node;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// An HTTP client that does what a person would do on a command line.
final class Http implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /// Sends a request to the HTTP port of `node`.
  ///
  /// @param headers names and values, alternating
  HttpResponse<String> send(Node node, String method, String path, String body, String... headers) {
    return send("http://" + node.ports().httpAddress() + path, method, body, headers);
  }

  HttpResponse<String> send(String url, String method, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofNanos(Await.PATIENCE))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException failed) {
      throw new AssertionError(method + " " + url, failed);
    }
  }

  /// Has the store do something, wherever the leader is.
  HttpResponse<String> command(Node node, String json, String... headers) {
    HttpResponse<String> response = send(node, "POST", "/v1/command", json, headers);
    return response.headers().firstValue("Location").isEmpty()
        ? response
        : send(response.headers().firstValue("Location").get(), "POST", json, headers);
  }

  @Override
  public void close() {
    client.close();
  }
}
