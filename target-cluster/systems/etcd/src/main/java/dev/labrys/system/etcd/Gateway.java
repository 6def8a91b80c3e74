package dev.labrys.system.etcd;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Reply;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The JSON gateway of one etcd server. Nothing is sent a second time.
final class Gateway implements AutoCloseable {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(1);
  private static final int MOST_BYTES = 16 << 20;
  private static final int OK = 200;

  /// As gRPC numbers them: the request is wrong, or there is nothing like it. That there is no room
  /// is not among them: etcd says so of what it has done as well.
  private static final Set<Long> REFUSALS = Set.of(3L, 12L);

  private final Address server;
  private final HttpClient client;

  Gateway(Address server) {
    this.server = server;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTS_WITHIN)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  /// What came of a request.
  sealed interface Answer {
    /// It was done.
    record Given(EtcdJson json) implements Answer {}

    /// It was not done, and never will be.
    record Refused(String why) implements Answer {}

    /// Nobody knows.
    record Lost(String why) implements Answer {}
  }

  /// What to say of a request that changes nothing and was not answered.
  static Reply unread(Answer answer) {
    return switch (answer) {
      case Answer.Refused(String why) -> Reply.failed(why);
      case Answer.Lost(String why) -> Reply.failed(why);
      case Answer.Given _ -> throw new IllegalArgumentException("it was answered: " + answer);
    };
  }

  /// What to say of a request that changes something and was not answered.
  static Reply undone(Answer answer) {
    return answer instanceof Answer.Lost(String why) ? Reply.unknown(why) : unread(answer);
  }

  /// Asks the server to do something, and waits for it until `deadlineNanos` of the system's clock.
  Answer ask(String path, String json, long deadlineNanos) {
    long nanos = deadlineNanos - System.nanoTime();
    if (nanos <= 0) {
      return new Answer.Refused("timed-out");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    // The timeout of a request does not cover its answer's body.
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return read(answer.get(nanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return new Answer.Lost("timed-out");
    } catch (ExecutionException broken) {
      return wasNeverSent(broken.getCause())
          ? new Answer.Refused("not-connected")
          : new Answer.Lost("connection-lost");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return new Answer.Lost("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  private static Answer read(HttpResponse<byte[]> answer) {
    Optional<EtcdJson> read = EtcdJson.read(answer.body());
    boolean isWhole = read.filter(json -> !json.text("/header/revision").isEmpty()).isPresent();
    if (answer.statusCode() == OK && isWhole) {
      return new Answer.Given(read.orElseThrow());
    }
    EtcdJson json = read.orElse(new EtcdJson(Map.of()));
    String said = json.text("/error");
    String why = said.isEmpty() ? "status " + answer.statusCode() : said;
    return REFUSALS.contains(json.number("/code")) ? new Answer.Refused(why) : new Answer.Lost(why);
  }

  private static boolean wasNeverSent(@Nullable Throwable why) {
    return why instanceof ConnectException || why instanceof HttpConnectTimeoutException;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
