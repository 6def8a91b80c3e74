package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.KnownProcess;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ProcessLeftoversTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final KnownProcess SELF = KnownProcess.self();
  private static final KnownProcess GONE = new KnownProcess(SELF.place(), 999_999_999, "0");
  private static final KnownProcess ELSEWHERE =
      new KnownProcess("another machine", SELF.pid(), SELF.started());

  @TempDir private Path folder;

  private Path registry() {
    return folder.resolve("registry");
  }

  private ProcessLeftovers leftovers() {
    return new ProcessLeftovers(registry());
  }

  private Registration note(KnownProcess node, KnownProcess runner) throws IOException {
    return Registration.write(
        registry(), new Registration.Owned.NodeProcess(N1, node), Path.of("/runs/5"), runner);
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(registry())) {
      return files.toList();
    }
  }

  private static Process asleep() throws IOException {
    return new ProcessBuilder("sleep", "1000").start();
  }

  @Test
  void thereIsNothingWhereNobodyNotedAnything() throws IOException {
    assertThat(leftovers().find(Sweep.ORPHANS)).isEmpty();
    assertThat(leftovers().remove(Sweep.ALL)).isEmpty();
  }

  @Test
  void orphansAreEndedAndNothingElse() throws IOException {
    Process orphan = asleep();
    Process bystander = asleep();
    try {
      note(KnownProcess.of(orphan.toHandle()), GONE);
      Registration living = note(KnownProcess.of(bystander.toHandle()), SELF);
      Registration hidden =
          note(KnownProcess.of(bystander.toHandle().parent().orElseThrow()), ELSEWHERE);
      Path foreign = Files.writeString(registry().resolve("somebody.note"), "not ours");
      String name = "process %d, n1 of /runs/5".formatted(orphan.pid());

      assertThat(leftovers().find(Sweep.ORPHANS)).containsExactly(name);
      assertThat(orphan.isAlive()).isTrue();
      assertThat(leftovers().remove(Sweep.ORPHANS)).containsExactly(name);

      orphan.onExit().join();
      assertThat(bystander.isAlive()).isTrue();
      assertThat(notes()).containsExactlyInAnyOrder(living.file(), hidden.file(), foreign);
    } finally {
      orphan.destroyForcibly();
      bystander.destroyForcibly();
    }
  }

  @Test
  void aProcessWithAUsedNumberIsNotTakenForTheNode() throws IOException {
    Process other = asleep();
    try {
      note(new KnownProcess(SELF.place(), other.pid(), "the day before"), GONE);

      assertThat(leftovers().remove(Sweep.ORPHANS))
          .containsExactly("note of n1 of /runs/5, which has ended");

      assertThat(other.isAlive()).isTrue();
      assertThat(notes()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void allMeansAlsoThoseWhoseRunnerLives() throws IOException {
    Process node = asleep();
    try {
      note(KnownProcess.of(node.toHandle()), SELF);
      Registration hidden = note(ELSEWHERE, ELSEWHERE);

      assertThat(leftovers().remove(Sweep.ALL))
          .containsExactly("process %d, n1 of /runs/5".formatted(node.pid()));

      node.onExit().join();
      assertThat(notes()).containsExactly(hidden.file());
    } finally {
      node.destroyForcibly();
    }
  }

  @Test
  void nodesEndWithARunnerThatIsKilledAndTheirNotesAreRemoved() throws IOException {
    Process runner =
        LonelyRunner.start(folder.resolve("run"), registry(), ProcessOptions.Network.LOOPBACK);
    List<ProcessHandle> nodes;
    try {
      nodes =
          notes().stream().map(note -> ProcessClusterTest.node(note).find().orElseThrow()).toList();
      assertThat(nodes).hasSize(2);
      assertThat(leftovers().remove(Sweep.ORPHANS)).isEmpty();
      assertThat(nodes).allMatch(ProcessHandle::isAlive);
    } finally {
      runner.destroyForcibly().onExit().join();
    }

    nodes.forEach(node -> node.onExit().join());
    assertThat(leftovers().remove(Sweep.ORPHANS)).hasSize(2);
    assertThat(notes()).isEmpty();
  }
}
