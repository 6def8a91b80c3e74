package dev.labrys.system.raft;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.NodeId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Our own servers, spoken to over HTTP as by anybody.
final class RaftOverHttp implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration BRIEF_TIMEOUT = Duration.ofMillis(100);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
  private static final Pattern COMMITTED = Pattern.compile("\"commit-index\":(\\d+)");
  private static final Pattern VOTERS = Pattern.compile("\"voters\":\\[([^]]*)],\"outgoing\":\\[]");
  private static final Pattern SNAPSHOT = Pattern.compile("\"snapshot\":\\{\"index\":(\\d+)");

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Function<NodeId, Address> ports;

  /// @param ports where each node hears HTTP
  RaftOverHttp(Function<NodeId, Address> ports) {
    this.ports = ports;
  }

  /// Where `node` hears HTTP.
  Address address(NodeId node) {
    return ports.apply(node);
  }

  /// The one of `nodes` that says it leads, as soon as there is one.
  NodeId leader(List<NodeId> nodes) {
    return found(
        "one of %s leads".formatted(nodes),
        () ->
            nodes.stream()
                .filter(node -> status(node).contains("\"role\":\"leader\""))
                .findFirst());
  }

  /// Writes `value` to the register x, through whichever of `nodes` does it.
  void write(List<NodeId> nodes, int value) {
    command(nodes, "{\"f\":\"write\",\"key\":\"x\",\"value\":%d}".formatted(value));
  }

  /// What `node` says of the register x, as JSON.
  String read(NodeId node) {
    return command(List.of(node), "{\"f\":\"read\",\"key\":\"x\"}");
  }

  /// What [#read] answers after a [#write] of `value`.
  static String found(int value) {
    return "{\"outcome\":\"ok\",\"value\":%d}\n".formatted(value);
  }

  /// Has the store do something that may be done twice, asking one node after the other until one
  /// has done it.
  String command(List<NodeId> nodes, String json) {
    return found(
        "%s is done by one of %s".formatted(json, nodes),
        () ->
            nodes.stream()
                .flatMap(node -> send(node, "POST", "/v1/command", json).stream())
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body)
                .findFirst());
  }

  /// Lets the cluster be these nodes.
  void change(List<NodeId> from, List<NodeId> voters, List<NodeId> learners) {
    String json = "{\"voters\":%s,\"learners\":%s}".formatted(names(voters), names(learners));
    until(
        "the cluster is " + json,
        () ->
            from.stream()
                .flatMap(node -> send(node, "POST", "/admin/membership", json).stream())
                .anyMatch(answer -> answer.statusCode() == 200));
  }

  private static List<String> names(List<NodeId> nodes) {
    return nodes.stream().map(node -> '"' + node.name() + '"').toList();
  }

  /// How far `node` knows entries to be committed; -1 if it does not answer.
  long committed(NodeId node) {
    return number(COMMITTED, node);
  }

  /// The last entry that a snapshot has replaced at `node`; -1 if it does not answer.
  long snapshot(NodeId node) {
    return number(SNAPSHOT, node);
  }

  /// Who votes, as `node` knows it, while that is not about to change; empty if it does not answer.
  List<NodeId> voters(NodeId node) {
    Matcher matcher = VOTERS.matcher(status(node));
    if (!matcher.find() || matcher.group(1).isEmpty()) {
      return List.of();
    }
    return Arrays.stream(matcher.group(1).replace("\"", "").split(",", -1))
        .map(NodeId::new)
        .toList();
  }

  private long number(Pattern pattern, NodeId node) {
    Matcher matcher = pattern.matcher(status(node));
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /// What `node` says of itself; empty if it does not answer.
  String status(NodeId node) {
    return send(node, "GET", "/status", "").map(HttpResponse::body).orElse("");
  }

  /// Asks `node` for something once, which need not wait for long.
  ///
  /// @return whether it was done
  boolean isDone(NodeId node, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(node, "/v1/command"))
            .timeout(REQUEST_TIMEOUT)
            .header("Request-Timeout", "2s")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return send(request).filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /// Asks `node` for something that it may be unable to do, and does not wait for long.
  void sendBriefly(NodeId node, String path, String body) {
    URI uri = URI.create("http://" + ports.apply(node) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(BRIEF_TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (IOException notDone) {
      // As expected.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  /// What `node` answers, if it does.
  Optional<HttpResponse<String>> send(NodeId node, String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(uri(node, path))
            .timeout(REQUEST_TIMEOUT)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private URI uri(NodeId node, String path) {
    return URI.create("http://" + ports.apply(node) + path);
  }

  private Optional<HttpResponse<String>> send(HttpRequest request) {
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  static void until(String what, BooleanSupplier condition) {
    found(what, () -> condition.getAsBoolean() ? Optional.of(what) : Optional.empty());
  }

  /// What `look` finds as soon as it finds something.
  static <T> T found(String what, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new AssertionError("in vain: " + what);
  }

  @Override
  public void close() {
    client.close();
  }
}
