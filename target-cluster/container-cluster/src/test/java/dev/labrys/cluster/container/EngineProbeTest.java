package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against an engine of our own that only speaks HTTP.
@Timeout(60)
final class EngineProbeTest {
  @TempDir private Path folder;
  private HttpServer server;
  private URI host;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    host = URI.create("tcp://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private void answer(String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  @Test
  void anEngineAnswersAPing() {
    answer("/_ping", 200, "OK");

    assertThat(EngineProbe.complaint(host)).isEmpty();
  }

  @Test
  void otherServersAreNoEngines() {
    answer("/_ping", 404, "what?");

    assertThat(EngineProbe.complaint(host).orElseThrow())
        .contains(host.toString(), "is no Docker engine", "404");
  }

  @Test
  void aMissingSocketIsNamed() {
    URI missing = URI.create("unix://" + folder + "/docker.sock");

    assertThat(EngineProbe.complaint(missing)).contains(folder + "/docker.sock does not exist");
  }

  @Test
  void aSocketThatNobodyListensOnIsNamed() throws IOException {
    Path socket = folder.resolve("docker.sock");
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }

    assertThat(EngineProbe.complaint(URI.create("unix://" + socket)).orElseThrow())
        .contains(socket.toString(), "Connection refused");
  }

  @Test
  void theFirstThatAnswersIsTaken() throws ContainersUnavailable {
    answer("/_ping", 200, "OK");
    URI missing = URI.create("unix://" + folder + "/docker.sock");

    assertThat(EngineProbe.first(List.of(missing, host))).isEqualTo(host);
  }

  @Test
  void ifNoneAnswersTheMessageSaysWhatHelps() {
    URI missing = URI.create("unix://" + folder + "/docker.sock");

    assertThatThrownBy(() -> EngineProbe.first(List.of(missing)))
        .isInstanceOf(ContainersUnavailable.class)
        .hasMessageContaining("docker.sock does not exist")
        .hasMessageContaining("systemctl start docker")
        .hasMessageContaining("DOCKER_HOST");
  }

  @Test
  void whereTheUserSaysIsTheOnlyPlace() throws ContainersUnavailable {
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", "/run/user/1", "HOME", "/h");

    assertThat(EngineProbe.candidates(Optional.of("unix:///a/b"), environment))
        .containsExactly(URI.create("unix:///a/b"));
    assertThat(EngineProbe.candidates(Optional.empty(), environment))
        .containsExactly(
            URI.create("unix:///var/run/docker.sock"),
            URI.create("unix:///run/user/1/docker.sock"),
            URI.create("unix:///h/.docker/run/docker.sock"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "docker", "unix://", "unix:a", "ssh://host", "tcp://", "a b"})
  void whatIsNoSocketIsRefused(String dockerHost) {
    assertThatThrownBy(() -> EngineProbe.candidates(Optional.of(dockerHost), Map.of()))
        .isInstanceOf(ContainersUnavailable.class)
        .hasMessageContaining("DOCKER_HOST is \"" + dockerHost + "\"");
  }

  @Test
  void nothingIsDownloadedUnasked() throws ContainersUnavailable {
    answer("/", 404, "{\"message\":\"No such image\"}");
    Map<String, String> here = Map.of(UnaskedDownloads.HOST_OVERRIDE, "127.0.0.1");

    assertThatThrownBy(() -> UnaskedDownloads.refuse(host, here))
        .isInstanceOf(ContainersUnavailable.class)
        .hasMessageContaining(UnaskedDownloads.RYUK)
        .hasMessageContaining("set TESTCONTAINERS_RYUK_DISABLED=true");
    UnaskedDownloads.refuse(host, Map.of(UnaskedDownloads.RYUK_DISABLED, "true"));
  }

  @Test
  void whatIsThereIsNotDownloaded() throws ContainersUnavailable {
    answer("/", 200, "{\"Id\":\"sha256:1\"}");

    UnaskedDownloads.refuse(host, Map.of());
  }

  /// The name is a constant of the library's, which an update may change.
  @Test
  void theImageIsTheOneThatTheLibraryUses() throws IOException {
    try (var in =
        ClassLoader.getSystemResourceAsStream("org/testcontainers/utility/RyukContainer.class")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains(UnaskedDownloads.RYUK);
    }
  }
}
