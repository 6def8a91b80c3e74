package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.container.ContainerCluster;
import dev.labrys.cluster.container.ContainerOptions;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.container.Image;
import dev.labrys.cluster.container.ImageBuild;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our own server in real containers, spoken to over HTTP as by anybody.
@Tag("containers")
@Timeout(180)
final class RaftInContainersTest {
  private static final NodeId SPARE = NodeId.numbered(4);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @TempDir private Path folder;

  private static Engine engine() throws IOException {
    try {
      return Engine.find();
    } catch (ContainersUnavailable reason) {
      if ("required".equals(System.getProperty("containers"))) {
        throw reason;
      }
      return Assumptions.abort(String.valueOf(reason.getMessage()));
    }
  }

  @Test
  void aClusterSurvivesTheDeathOfItsLeader() throws IOException {
    Engine engine = engine();
    Image image =
        new ImageBuild(engine).ensure(RaftImage.NAME, ImageBuild.LOCAL_BASE, RaftImage.classPath());
    try (ContainerCluster cluster =
        ContainerCluster.start(
            engine,
            ContainerOptions.of(folder, 3, image).withSpares(1),
            RaftImage.program("test", List.of("--admin", "any")))) {
      List<NodeId> members = cluster.nodes().subList(0, 3);
      NodeId first = leader(cluster, members);
      command(cluster, members, "{\"f\":\"write\",\"key\":\"x\",\"value\":1}");

      cluster.pull(Lever.KILL, first);
      List<NodeId> rest = members.stream().filter(node -> !node.equals(first)).toList();
      NodeId second = leader(cluster, rest);
      command(cluster, rest, "{\"f\":\"write\",\"key\":\"x\",\"value\":2}");
      cluster.pull(Lever.START, first);

      assertThat(command(cluster, List.of(first), "{\"f\":\"read\",\"key\":\"x\"}"))
          .isEqualTo("{\"outcome\":\"ok\",\"value\":2}\n");
      join(cluster, second);
      assertThat(command(cluster, List.of(SPARE), "{\"f\":\"read\",\"key\":\"x\"}"))
          .isEqualTo("{\"outcome\":\"ok\",\"value\":2}\n");
      stopAll(cluster);
    }
  }

  private void join(ContainerCluster cluster, NodeId leader) throws IOException {
    cluster.pull(Lever.START, SPARE);
    String voters = "{\"voters\":[\"n1\",\"n2\",\"n3\",\"n4\"]}";
    await(() ->
        post(cluster, leader, "/admin/membership", voters)
            .filter(answer -> answer.statusCode() == 200)
            .isPresent());
  }

  private static void stopAll(ContainerCluster cluster) throws IOException {
    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.STOP, node);
      assertThat(cluster.state(node)).isEqualTo(NodeState.STOPPED);
      assertThat(cluster.log(node).orElseThrow()).content().contains("\"event\":\"stopped\"");
    }
  }

  /// One of the nodes that says it leads, as soon as there is one.
  private NodeId leader(ContainerCluster cluster, List<NodeId> nodes) {
    await(() -> leaders(cluster, nodes).findAny().isPresent());
    return leaders(cluster, nodes).findAny().orElseGet(() -> leader(cluster, nodes));
  }

  private Stream<NodeId> leaders(ContainerCluster cluster, List<NodeId> nodes) {
    return nodes.stream()
        .filter(node ->
            send(cluster, node, "/status", "GET", "")
                .filter(answer -> answer.body().contains("\"role\":\"leader\""))
                .isPresent());
  }

  /// Has the store do something, asking one node after the other until one has done it.
  private String command(ContainerCluster cluster, List<NodeId> nodes, String json) {
    String[] done = new String[1];
    await(() -> {
      for (NodeId node : nodes) {
        Optional<HttpResponse<String>> answer =
            post(cluster, node, "/v1/command", json).filter(each -> each.statusCode() == 200);
        answer.ifPresent(each -> done[0] = each.body());
        if (answer.isPresent()) {
          return true;
        }
      }
      return false;
    });
    return done[0];
  }

  private Optional<HttpResponse<String>> post(
      ContainerCluster cluster, NodeId node, String path, String json) {
    return send(cluster, node, path, "POST", json);
  }

  /// What the node answers, if it does.
  private Optional<HttpResponse<String>> send(
      ContainerCluster cluster, NodeId node, String path, String method, String body) {
    URI uri = URI.create("http://" + cluster.own(node, RaftProgram.HTTP_PORT) + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("nothing came of it").isLessThan(deadline);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
