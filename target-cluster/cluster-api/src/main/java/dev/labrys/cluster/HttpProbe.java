package dev.labrys.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A look at what a node answers.
public final class HttpProbe {
  private static final int MOST_BYTES = 1 << 16;

  private final HttpClient client;
  private final Duration patience;

  /// @param patience after which a node counts as not answering
  public HttpProbe(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  /// Whether `GET path` is answered with a status of 200, and soon.
  public boolean succeeds(Address address, String path) {
    return get(address, path).isPresent();
  }

  /// What `GET path` is answered with; empty if the status is not 200, the answer too long, or not
  /// there soon.
  public Optional<byte[]> get(Address address, String path) {
    return send(HttpRequest.newBuilder(uri(address, path)).build());
  }

  /// What `POST path` is answered with; empty as with [#get].
  public Optional<byte[]> post(Address address, String path, String json) {
    return send(
        HttpRequest.newBuilder(uri(address, path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private static URI uri(Address address, String path) {
    return URI.create("http://" + address + path);
  }

  private Optional<byte[]> send(HttpRequest request) {
    // The timeout of a request does not cover its answer's body.
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> whole = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return whole.statusCode() == 200 ? Optional.of(whole.body()) : Optional.empty();
    } catch (ExecutionException | TimeoutException notYet) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      answer.cancel(true);
    }
  }
}
