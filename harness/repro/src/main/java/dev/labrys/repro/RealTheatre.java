package dev.labrys.repro;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.liveness.Asked;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A cluster of our own nodes in real time, and who ends it.
final class RealTheatre implements Theatre {
  private static final int OK = 200;
  private static final String COMMAND = "{\"f\":\"write\",\"key\":\"x\",\"value\":1}";

  private final Cluster cluster;
  private final Function<NodeId, Address> http;
  private final AutoCloseable rest;
  private final HttpClient client;
  private final long startNanos = System.nanoTime();

  /// @param http where nodes hear HTTP, with no proxy in between
  /// @param rest ended after the cluster
  RealTheatre(Cluster cluster, Function<NodeId, Address> http, AutoCloseable rest) {
    this.cluster = cluster;
    this.http = http;
    this.rest = rest;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public long nowNanos() {
    return System.nanoTime() - startNanos;
  }

  @Override
  public void pass(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new StallScriptException("interrupted");
      }
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public Supplier<Asked> ask(NodeId node) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + http.apply(node) + "/v1/command"))
            .header("Content-Type", "application/json")
            .header("Request-Timeout", "60s")
            .POST(BodyPublishers.ofString(COMMAND))
            .build();
    long begun = nowNanos();
    CompletableFuture<Asked.End> end =
        client.sendAsync(request, BodyHandlers.discarding()).handle((answer, _) -> end(answer));
    return () -> new Asked(begun, end.getNow(new Asked.Pending()));
  }

  /// No answer at all is one as well: the connection has ended.
  private Asked.End end(@Nullable HttpResponse<Void> answer) {
    return answer != null && answer.statusCode() == OK
        ? new Asked.Done(nowNanos())
        : new Asked.Refused(nowNanos());
  }

  @Override
  public void close() throws IOException {
    try (rest) {
      client.shutdownNow();
      cluster.close();
    } catch (IOException | RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IOException("what was around the cluster can't be ended: " + failed, failed);
    }
  }
}
