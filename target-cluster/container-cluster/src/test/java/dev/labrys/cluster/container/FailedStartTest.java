package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Containers
@Timeout(120)
final class FailedStartTest {
  private static final Readiness NEVER = new Readiness.Line("what nobody says");

  @TempDir private Path folder;
  private Engine engine;
  private Image image;

  @BeforeEach
  void setUp() throws IOException {
    engine = Engine.find();
    image = TestImage.ensure(engine);
  }

  /// Fails at once.
  static final class Broken {

    private Broken() {}

    public static void main(String... arguments) {
      System.out.println("no disk space");
      System.exit(3);
    }
  }

  /// Takes all memory there is.
  static final class Glutton {

    private Glutton() {}

    public static void main(String... arguments) {
      System.out.println("more");
      byte[][] all = new byte[1 << 10][];
      for (int i = 0; i < all.length; i++) {
        all[i] = new byte[1 << 20];
      }
      System.out.println("enough of " + all.length);
    }
  }

  @Test
  void whoDoesNotServeIsNamedWithItsLastWords() {
    assertThatThrownBy(() ->
            ContainerCluster.start(
                engine,
                ContainerOptions.of(folder, 2, image),
                Inhabitant.of(Broken.class, "-Xmx64m", NEVER)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(?s)n[12] ended with exit code 3 before it served.*")
        .hasMessageContaining("no disk space");
    nothingIsLeft();
  }

  @Test
  void whoWaitsForOneThatFailsIsNotWaitedFor() {
    Program program = new OneFails();

    assertThatThrownBy(() ->
            ContainerCluster.start(
                engine,
                ContainerOptions.of(folder, 2, image).withStartTimeout(Duration.ofDays(1)),
                program))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("n2 ended with exit code 3");
    nothingIsLeft();
  }

  /// The first node waits, and the second fails.
  private static final class OneFails implements Program {
    private static final Inhabitant WAITS = Inhabitant.of(Notebook.class, "-Xmx64m", NEVER);
    private static final Inhabitant FAILS = Inhabitant.of(Broken.class, "-Xmx64m", NEVER);

    @Override
    public String name() {
      return "one of two";
    }

    @Override
    public List<String> ports() {
      return WAITS.ports();
    }

    @Override
    public Launch launch(Site site) {
      return (site.node().equals(NodeId.numbered(1)) ? WAITS : FAILS).launch(site);
    }
  }

  @Test
  void whoWantsTooMuchMemoryIsSaidToHaveWantedIt() {
    ContainerOptions narrow =
        ContainerOptions.of(folder, 1, image).withLimits(new Limits(0, 64 << 20));
    Inhabitant glutton = Inhabitant.of(Glutton.class, "-Xmx900m", NEVER);

    assertThatThrownBy(() -> ContainerCluster.start(engine, narrow, glutton))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("n1 was ended as it wanted more memory than its limit");
    nothingIsLeft();
  }

  @Test
  void whoIsSilentIsGivenUp() {
    ContainerOptions hasty =
        ContainerOptions.of(folder, 1, image).withStartTimeout(Duration.ofMillis(100));

    assertThatThrownBy(() ->
            ContainerCluster.start(engine, hasty, Inhabitant.of(Notebook.class, "-Xmx64m", NEVER)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("n1 was given up after PT0.1S");
    nothingIsLeft();
  }

  @Test
  void aProgramThatIsNotInTheImageIsNamed() {
    Inhabitant missing = new Inhabitant(List.of("no-such-program"), NEVER);

    assertThatThrownBy(
            () -> ContainerCluster.start(engine, ContainerOptions.of(folder, 1, image), missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't start n1")
        .hasMessageContaining("no-such-program");
    nothingIsLeft();
  }

  @Test
  void anImageOfOursIsNeverLookedForElsewhere() {
    Image absent = Image.of("localhost/labrys-test:absent");

    assertThatThrownBy(() ->
            ContainerCluster.start(
                engine, ContainerOptions.of(folder, 1, absent), Inhabitant.NOTEBOOK))
        .isInstanceOf(ContainersUnavailable.class)
        .hasMessageContaining("has no image localhost/labrys-test:absent")
        .hasMessageContaining("build it first");
    nothingIsLeft();
  }

  private void nothingIsLeft() {
    assertThat(Traces.runsOf(engine, ProcessHandle.current().pid())).isEmpty();
  }
}
