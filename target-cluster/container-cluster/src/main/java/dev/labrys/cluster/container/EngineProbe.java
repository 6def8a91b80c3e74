package dev.labrys.cluster.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks for a Docker engine by asking each place where one may listen, once and for a `_ping`.
///
/// Libraries look for an engine by trying to use it. That takes long, says little, and goes on to
/// some other engine when the one that was asked for does not answer.
final class EngineProbe {
  private static final long PATIENCE_SECONDS = 5;
  private static final int ANSWER_BYTES = 2048;
  private static final int PLAIN_PORT = 2375;

  private EngineProbe() {}

  /// Where engines may listen: at `DOCKER_HOST` and nowhere else if that is set.
  ///
  /// @param dockerHost its value, if it has one
  /// @param environment all variables
  static List<URI> candidates(Optional<String> dockerHost, Map<String, String> environment)
      throws ContainersUnavailable {
    if (dockerHost.isPresent()) {
      return List.of(parse(dockerHost.get()));
    }
    List<URI> sockets = new ArrayList<>(List.of(URI.create("unix:///var/run/docker.sock")));
    Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .ifPresent(folder -> sockets.add(URI.create("unix://" + folder + "/docker.sock")));
    Optional.ofNullable(environment.get("HOME"))
        .ifPresent(home -> sockets.add(URI.create("unix://" + home + "/.docker/run/docker.sock")));
    return sockets;
  }

  private static URI parse(String dockerHost) throws ContainersUnavailable {
    try {
      URI host = URI.create(dockerHost);
      if (socket(host).isPresent()) {
        return host;
      }
    } catch (IllegalArgumentException notOne) {
      // The message below is all that could be said.
    }
    throw new ContainersUnavailable(
        "DOCKER_HOST is \"%s\": it has to be like unix:///var/run/docker.sock or tcp://host:2375"
            .formatted(dockerHost));
  }

  private static Optional<SocketAddress> socket(URI host) {
    return switch (Optional.ofNullable(host.getScheme()).orElse("")) {
      case "unix" ->
          Optional.ofNullable(host.getPath())
              .filter(path -> path.startsWith("/"))
              .map(UnixDomainSocketAddress::of);
      case "tcp", "http", "https" ->
          Optional.ofNullable(host.getHost())
              .map(name ->
                  new InetSocketAddress(name, host.getPort() < 0 ? PLAIN_PORT : host.getPort()));
      default -> Optional.empty();
    };
  }

  /// The first that answers.
  ///
  /// @throws ContainersUnavailable if none does; the message says of each what it did instead
  static URI first(List<URI> candidates) throws ContainersUnavailable {
    List<String> complaints = new ArrayList<>();
    for (URI candidate : candidates) {
      Optional<String> complaint = complaint(candidate);
      if (complaint.isEmpty()) {
        return candidate;
      }
      complaints.add(complaint.get());
    }
    throw new ContainersUnavailable(
        ("no Docker engine answers: %s. Start one, such as by `systemctl start docker`, or set"
                + " DOCKER_HOST to where one listens; clusters of processes need none")
            .formatted(String.join("; ", complaints)));
  }

  /// Why the engine at `host` can't be used; empty if it answers.
  static Optional<String> complaint(URI host) {
    SocketAddress socket =
        socket(host).orElseThrow(() -> new IllegalArgumentException("not a socket: " + host));
    if (socket instanceof UnixDomainSocketAddress file && !Files.exists(file.getPath())) {
      return Optional.of(file + " does not exist");
    }
    FutureTask<Optional<String>> ping = new FutureTask<>(() -> ping(host, socket));
    Thread thread = Thread.ofVirtual().name("engine-probe").start(ping);
    try {
      return ping.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      return Optional.of(host + " says: " + reason(failed, socket));
    } catch (TimeoutException silent) {
      return Optional.of(host + " does not answer within " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.of(host + " was not waited for");
    } finally {
      // Closes the channel if it is still being read.
      thread.interrupt();
    }
  }

  private static String reason(ExecutionException failed, SocketAddress socket) {
    String message = Engine.explain(failed);
    boolean isForbidden =
        socket instanceof UnixDomainSocketAddress file && !Files.isWritable(file.getPath());
    return isForbidden ? message + " (is this user in the group docker?)" : message;
  }

  private static Optional<String> ping(URI host, SocketAddress socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(socket)) {
      if (speaksTls(host)) {
        // Its certificates are the library's business: that somebody listens has to do.
        return Optional.empty();
      }
      String question = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n";
      channel.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        // Reads on.
      }
      String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
      String firstLine = text.lines().findFirst().orElse("nothing");
      return firstLine.matches("HTTP/1[.][01] 200\\b.*")
          ? Optional.empty()
          : Optional.of("%s is no Docker engine: it answers \"%s\"".formatted(host, firstLine));
    }
  }

  /// Whether it is spoken to in TLS.
  static boolean speaksTls(URI host) {
    return "https".equals(host.getScheme())
        || ("tcp".equals(host.getScheme()) && System.getenv("DOCKER_TLS_VERIFY") != null);
  }

  /// Whether `host` is a socket in the file system.
  static boolean isFile(URI host) {
    return "unix".equals(host.getScheme());
  }

  /// Whether this process is in a container, as far as that can be seen.
  static boolean isInContainer() {
    return Files.exists(Path.of("/.dockerenv"));
  }
}
