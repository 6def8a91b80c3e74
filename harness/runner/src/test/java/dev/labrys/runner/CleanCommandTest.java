package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class CleanCommandTest {
  @TempDir private Path folder;

  private Typed clean(String... more) {
    String[] all =
        Stream.concat(
                Stream.of("clean", "--deploy", "processes", "--registry", "registry"),
                Stream.of(more))
            .toArray(String[]::new);
    return Typed.in(folder, all);
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("registry"))) {
      return files.toList();
    }
  }

  private Process startRun() throws IOException {
    return AbandonedRun.start(folder.resolve("run"), folder.resolve("registry"));
  }

  @Test
  void whereNothingIsNotedThereIsNothingToDo() {
    assertThat(clean()).isEqualTo(new Typed(0, "nothing is left behind\n", ""));
    assertThat(clean("--dry-run")).isEqualTo(new Typed(0, "nothing is left behind\n", ""));
  }

  @Test
  void whatAKilledRunLeftIsRemovedAndALivingOneIsNot() throws IOException {
    Process killed = startRun();
    Process living = startRun();
    try {
      List<ProcessHandle> alive = living.children().toList();
      kill(killed);

      Typed dry = clean("--dry-run");
      assertThat(dry.exitCode()).isZero();
      assertThat(dry.out().lines()).hasSize(2).allMatch(line -> line.startsWith("would remove "));
      assertThat(notes()).hasSize(4);
      Typed wet = clean();
      assertThat(wet).isEqualTo(new Typed(0, dry.out().replace("would remove", "removed"), ""));

      assertThat(notes()).hasSize(2);
      assertThat(clean().out()).isEqualTo("nothing is left behind\n");
      assertThat(alive).hasSize(2).allMatch(ProcessHandle::isAlive);
    } finally {
      killed.destroyForcibly();
      living.destroyForcibly();
    }
  }

  /// Returns when its nodes, and whoever guards them, have ended as well.
  private static void kill(Process run) {
    List<ProcessHandle> nodes = run.descendants().toList();
    run.destroyForcibly().onExit().join();
    nodes.forEach(node -> node.onExit().join());
  }

  @Test
  void allTakesALivingRunToo() throws IOException {
    Process living = startRun();
    try {
      List<ProcessHandle> nodes = living.children().toList();
      assertThat(clean().out()).isEqualTo("nothing is left behind\n");

      Typed typed = clean("--all");

      assertThat(typed.exitCode()).isZero();
      assertThat(typed.out().lines())
          .hasSize(2)
          .allMatch(line -> line.matches("removed process \\d+, n[12] of .*run"));
      nodes.forEach(node -> node.onExit().join());
      assertThat(living.isAlive()).isTrue();
      assertThat(notes()).isEmpty();
    } finally {
      living.destroyForcibly();
    }
  }

  @Test
  void containersTakeAnEngine() {
    Typed typed = Typed.in(folder, "clean", "--deploy", "containers", "--dry-run");

    try {
      Engine.probe();
      assertThat(typed.exitCode()).isZero();
    } catch (ContainersUnavailable reason) {
      assertThat(typed).isEqualTo(new Typed(69, "", "labrys: " + reason.getMessage() + "\n"));
    }
  }

  @Test
  void withoutAnEngineContainersArePassedOver() {
    Typed typed = Typed.in(folder, "clean", "--registry", "registry", "--dry-run");

    assertThat(typed.exitCode()).isZero();
    try {
      Engine.probe();
      assertThat(typed.err()).isEmpty();
    } catch (ContainersUnavailable reason) {
      assertThat(typed)
          .isEqualTo(
              new Typed(
                  0,
                  "nothing is left behind\n",
                  "labrys: containers are passed over: " + reason.getMessage() + "\n"));
    }
  }

  @Test
  void proxiesOfKilledRunsAreLookedForWhereThatIsWanted() throws IOException {
    String url;
    try (ToxiproxyServer server =
        ToxiproxyServer.start(ToxiproxyOptions.anywhere(new Seed(1)::stream))) {
      url = server.url();
      assertThat(clean("--toxiproxy", url)).isEqualTo(new Typed(0, "nothing is left behind\n", ""));
      assertThat(clean("--toxiproxy", "here").exitCode()).isEqualTo(64);
    }
    Typed typed = clean("--toxiproxy", url);
    assertThat(typed.exitCode()).isEqualTo(69);
    assertThat(typed.err()).contains("no Toxiproxy server answers at");
  }

  @Test
  void aSimulationLeavesNothing() {
    Typed typed = Typed.in(folder, "clean", "--deploy", "simulation");

    assertThat(typed.exitCode()).isEqualTo(64);
    assertThat(typed.err()).contains("processes or containers").hasLineCount(1);
  }

  @Test
  void aRegistryThatIsAFileIsWrongUsage() throws IOException {
    Files.createFile(folder.resolve("registry"));

    Typed typed = clean();

    assertThat(typed).isEqualTo(new Typed(64, "", "labrys: --registry: registry is no folder\n"));
  }

  @Test
  void whatIsRemovedIsToldEvenIfSomethingStays() throws IOException {
    kill(startRun());
    // No network has such an id, so it can't be removed.
    Path good = notes().getFirst();
    String text = Files.readString(good);
    Path bad = folder.resolve("registry/zz.note");
    Files.writeString(
        bad, text.replaceAll("(?m)^node.*\\n", "").stripTrailing() + "\nnetwork=none\n");

    Typed typed = clean();

    assertThat(typed.exitCode()).isEqualTo(69);
    assertThat(typed.out().lines()).hasSize(2).allMatch(line -> line.startsWith("removed note"));
    assertThat(typed.err()).contains("not the id of a network: none").hasLineCount(1);
    assertThat(notes()).containsExactly(bad);
  }

  @Test
  void anUnknownDeploymentIsWrongUsage() {
    assertThat(Typed.in(folder, "clean", "--deploy", "clouds").exitCode()).isEqualTo(64);
  }
}
