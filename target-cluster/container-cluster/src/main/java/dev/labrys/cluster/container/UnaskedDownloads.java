package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/// What Testcontainers downloads without being asked when it starts: an image that removes
/// leftovers, and one that finds out where it runs.
///
/// Labrys needs neither, and an engine that reaches no registry tries for minutes.
final class UnaskedDownloads {
  static final String RYUK_DISABLED = "TESTCONTAINERS_RYUK_DISABLED";
  static final String HOST_OVERRIDE = "TESTCONTAINERS_HOST_OVERRIDE";

  /// What this version of Testcontainers cleans up with.
  static final String RYUK = "testcontainers/ryuk:0.14.0";

  private UnaskedDownloads() {}

  /// @throws ContainersUnavailable if something would be downloaded; the message says how to
  ///   prevent that
  static void refuse(URI host, Map<String, String> environment) throws ContainersUnavailable {
    boolean usesRyuk = !Boolean.parseBoolean(environment.get(RYUK_DISABLED));
    boolean looksAround =
        EngineProbe.isFile(host)
            && EngineProbe.isInContainer()
            && environment.getOrDefault(HOST_OVERRIDE, "").isBlank();
    if (!usesRyuk && !looksAround) {
      return;
    }
    if (EngineProbe.speaksTls(host)) {
      throw new ContainersUnavailable(
          ("Testcontainers downloads an image to clean up with, unless the engine has it, which is"
                  + " not looked for over TLS: set %s=true, as Labrys cleans up by itself")
              .formatted(RYUK_DISABLED));
    }
    TransportConfig transport = TransportConfig.builder().dockerHost(host).build();
    try (DockerClient client = DockerClientProviderStrategy.getClientForConfig(transport)) {
      if (usesRyuk) {
        refuseRyuk(client);
      }
      if (looksAround) {
        refuseToLookAround(client);
      }
    } catch (ContainersUnavailable refused) {
      throw refused;
    } catch (IOException | DockerException failed) {
      throw new ContainersUnavailable(
          "the Docker engine at %s can't be used: %s".formatted(host, Engine.explain(failed)));
    }
  }

  private static void refuseRyuk(DockerClient client) throws ContainersUnavailable {
    String image =
        ImageNameSubstitutor.instance().apply(DockerImageName.parse(RYUK)).asCanonicalNameString();
    if (!Engine.hasImage(client, image)) {
      throw new ContainersUnavailable(
          ("Testcontainers would download %s, and nothing is downloaded that you did not ask for:"
                  + " set %s=true, as Labrys cleans up by itself, or run `docker pull %s`")
              .formatted(image, RYUK_DISABLED, image));
    }
  }

  private static void refuseToLookAround(DockerClient client) throws ContainersUnavailable {
    boolean knowsTheWay =
        client.inspectNetworkCmd().withNetworkId("bridge").exec().getIpam().getConfig().stream()
            .anyMatch(config -> config.getGateway() != null);
    if (!knowsTheWay) {
      throw new ContainersUnavailable(
          ("this is a container, and Testcontainers would download an image to find out where its"
                  + " engine is: set %s to the host at which ports of containers are reached from"
                  + " here, such as 127.0.0.1")
              .formatted(HOST_OVERRIDE));
    }
  }
}
