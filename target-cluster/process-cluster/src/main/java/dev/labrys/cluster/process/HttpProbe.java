package dev.labrys.cluster.process;

import dev.labrys.cluster.Address;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A look at whether a node answers.
final class HttpProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private HttpProbe() {}

  static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .proxy(HttpClient.Builder.NO_PROXY)
        .build();
  }

  static boolean succeeds(HttpClient client, Address address, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(PATIENCE).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
