package dev.labrys.cluster.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.FreePorts;
import dev.labrys.cluster.HttpProbe;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// A Toxiproxy in a container, for one run.
///
/// It is in the network of this machine, and not in one of its own: its proxies have to listen
/// where nodes reach this machine, and to reach nodes that listen on loopback. Labelled as all else
/// of a run is, so that [ContainerLeftovers] finds it.
public final class ContainedToxiproxy implements Closeable {

  /// What is used if nothing else is said.
  public static final String IMAGE = "shopify/toxiproxy:2.1.4";

  private static final String LOOPBACK = "127.0.0.1";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final HttpProbe HTTP = new HttpProbe(Duration.ofSeconds(1));

  private final Removal removal;
  private final Address api;

  private ContainedToxiproxy(Removal removal, Address api) {
    this.removal = removal;
    this.api = api;
  }

  /// Starts one, and returns when it answers.
  ///
  /// @param image whose entry point takes the options of `toxiproxy-server`. One below `localhost/`
  ///   is never looked for in a registry; others are downloaded if the engine does not have them
  /// @throws ContainersUnavailable if the engine is of another machine, or lacks the image and may
  ///   not download it
  public static ContainedToxiproxy start(Engine engine, String image) throws IOException {
    if (!engine.isOfThisMachine()) {
      throw new ContainersUnavailable(
          "the engine at %s is not of this machine, and its Toxiproxy reaches no node here"
              .formatted(engine));
    }
    Image.of(image).requireAt(engine);
    Run run = Run.begin();
    Address api = new Address(LOOPBACK, FreePorts.take(1).getFirst());
    Removal removal = new Removal(new Belongings(engine), run.id());
    ContainedToxiproxy made = new ContainedToxiproxy(removal, api);
    try {
      GenericContainer<?> container = container(run, image, api);
      Engine.ask(
          "start a container of " + image,
          () -> {
            container.start();
            return container;
          });
      made.awaitAnswer(container);
      return made;
    } catch (IOException | RuntimeException failed) {
      try {
        removal.close();
      } catch (IOException stays) {
        failed.addSuppressed(stays);
      }
      throw failed;
    }
  }

  private static GenericContainer<?> container(Run run, String image, Address api) {
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image));
    if (Image.isLocal(image)) {
      container.withImagePullPolicy(name -> false);
    }
    container.withNetworkMode("host");
    container.withCommand("--host=" + api.host(), "--port=" + api.port());
    container.waitingFor(new NewContainer.Nothing());
    container.withStartupCheckStrategy(new NewContainer.Always());
    container.withCreateContainerCmdModifier(command -> shape(command, run));
    return container;
  }

  private static void shape(CreateContainerCmd command, Run run) {
    command.withName(run.name("toxiproxy")).withLabels(run.labels());
  }

  private void awaitAnswer(GenericContainer<?> container) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!HTTP.succeeds(api, "/version")) {
      boolean isLate = System.nanoTime() > deadline;
      if (isLate || !container.isRunning() || Thread.currentThread().isInterrupted()) {
        throw new IOException(
            "the Toxiproxy in a container %s. Its last words:%n%s"
                .formatted(
                    isLate ? "does not answer at " + api : "ended before it answered",
                    container.getLogs().strip()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Where it listens.
  public Address api() {
    return api;
  }

  @Override
  public void close() throws IOException {
    removal.close();
  }
}
