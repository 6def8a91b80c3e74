package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.TestcontainersConfiguration;

/// A Docker engine that answers.
///
/// Nothing here makes an engine look into a registry, except for an image that a user names and
/// that is not below `localhost/`.
public final class Engine {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final URI host;
  private final DockerClient client;
  private final String clientHost;

  private Engine(URI host, DockerClient client, String clientHost) {
    this.host = host;
    this.client = client;
    this.clientHost = clientHost;
  }

  /// The engine at `DOCKER_HOST`, or of this machine.
  ///
  /// @throws ContainersUnavailable if there is none that can be used; the message says what helps
  public static Engine find() throws ContainersUnavailable {
    Map<String, String> environment = System.getenv();
    URI host = probe();
    UnaskedDownloads.refuse(host, environment);
    DockerClient client;
    try {
      client = DockerClientFactory.instance().client();
    } catch (RuntimeException failed) {
      throw new ContainersUnavailable(
          "the Docker engine at %s can't be used: %s".formatted(host, explain(failed)));
    }
    URI found = DockerClientFactory.instance().getTransportConfig().getDockerHost();
    if (!Objects.equals(found, host)) {
      throw new ContainersUnavailable(
          ("%s answers, but Testcontainers uses %s: set DOCKER_HOST to the one you want, and see"
                  + " .testcontainers.properties in your home folder")
              .formatted(host, found));
    }
    return new Engine(host, client, clientHost(host, environment));
  }

  /// Where the engine is that [#find] would use. Asks it for no more than whether it is there.
  ///
  /// @throws ContainersUnavailable if there is none that answers
  public static URI probe() throws ContainersUnavailable {
    Optional<String> dockerHost =
        Optional.ofNullable(
            TestcontainersConfiguration.getInstance().getEnvVarOrUserProperty("docker.host", null));
    return EngineProbe.first(EngineProbe.candidates(dockerHost, System.getenv()));
  }

  private static String clientHost(URI host, Map<String, String> environment) {
    if (EngineProbe.isFile(host)) {
      String override = environment.getOrDefault(UnaskedDownloads.HOST_OVERRIDE, "");
      return override.isBlank() ? LOOPBACK : override;
    }
    return host.getHost().equals("localhost") ? LOOPBACK : host.getHost();
  }

  DockerClient client() {
    return client;
  }

  /// The host at which ports that the engine publishes are reached from here.
  String clientHost() {
    return clientHost;
  }

  /// The interface on which the engine should publish ports: the loopback if that is enough.
  String publishOn() {
    return clientHost.equals(LOOPBACK) ? LOOPBACK : "0.0.0.0";
  }

  /// Whether it sees the files of this machine, as far as can be told.
  boolean isOfThisMachine() {
    return EngineProbe.isFile(host);
  }

  /// Whether the engine has an image of that name.
  boolean hasImage(String name) throws IOException {
    return ask("look for the image " + name, () -> hasImage(client, name));
  }

  static boolean hasImage(DockerClient client, String name) {
    try {
      client.inspectImageCmd(name).exec();
      return true;
    } catch (NotFoundException missing) {
      return false;
    }
  }

  /// Has the engine do something.
  ///
  /// @param task what, in words that go on after "can't"
  static <T> T ask(String task, Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (RuntimeException failed) {
      // The library has no common type for what an engine and a connection to it may answer.
      throw new IOException("can't %s: %s".formatted(task, explain(failed)), failed);
    }
  }

  /// What the engine itself said, of all that was wrapped around it.
  static String explain(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = Optional.ofNullable(cause.getMessage()).orElse(cause.toString()).strip();
    Matcher message = MESSAGE.matcher(text);
    return message.find() ? message.group(1).replace("\\\"", "\"") : text;
  }

  @Override
  public String toString() {
    return host.toString();
  }
}
