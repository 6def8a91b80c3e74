package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeFiles.Harm;
import dev.labrys.cluster.NodeFiles.Part;
import dev.labrys.cluster.NodeFiles.Whole;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Surroundings;
import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Stored;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of simulated disks is what becomes of real files.
final class SimFilesTest {
  private static final Seed SEED = new Seed(6);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final ServerId S2 = new ServerId(2);
  private static final Surroundings USUAL = Surroundings.USUAL;
  private static final int ENTRIES = 20;

  private final Simulation simulation =
      Simulation.of(
          SimulationOptions.of(3, Puppet.Echo::new)
              .withObserver(Invariants.of(RaftOptions.DEFAULTS, SEED)),
          SEED);
  private final SimCluster cluster = new SimCluster(simulation);

  @BeforeEach
  void fillTheLog() {
    propose();
  }

  private void propose() {
    for (int number = 0; number < ENTRIES; number++) {
      assertThat(simulation.runUntil(this::isLed, simulation.nowNanos() + 60 * SECOND)).isTrue();
      leader().propose(Bytes.of("command"), _ -> {});
      simulation.run(SECOND / 10);
    }
  }

  private boolean isLed() {
    return new Victim.Leader().in(simulation).isPresent();
  }

  private SimServer leader() {
    return simulation.server(new Victim.Leader().in(simulation).orElseThrow());
  }

  private Stored stored() {
    return simulation.disk(S2).stored();
  }

  /// Does it to n2, which is down then.
  private void harm(NodeFiles files) throws IOException {
    cluster.pull(Lever.KILL, N2);
    cluster.surround(N2, USUAL.with(files));
  }

  /// Ends it, as the nemesis does.
  private void heal() throws IOException {
    cluster.surround(N2, USUAL);
    cluster.pull(Lever.START, N2);
    assertThat(cluster.state(N2)).isEqualTo(NodeState.RUNNING);
  }

  /// The one that forgets is told again by the next leader.
  private void assertThatItCatchesUp() throws IOException {
    NodeId old = NodeId.numbered(leader().id().number());
    if (!old.equals(N2)) {
      cluster.pull(Lever.KILL, old);
      propose();
      cluster.pull(Lever.START, old);
    }
    propose();
    assertThat(simulation.server(S2).applied()).isGreaterThan(2 * ENTRIES);
  }

  @ParameterizedTest
  @CsvSource({
    "LOG,FLIPPED,log's beginning",
    "VOTE,FLIPPED,term and vote",
    "VOTE,CUT,term and vote",
    "VOTE,TORN,term and vote",
    "SNAPSHOT,FLIPPED,snapshot",
    "SNAPSHOT,CUT,snapshot",
    "SNAPSHOT,TORN,snapshot"
  })
  void whoRefusesWhatItCantHaveDoneItselfIsGivenItsFilesBack(Part part, Harm how, String said)
      throws IOException {
    cluster.pull(Lever.KILL, N2);
    Stored before = stored();

    harm(new NodeFiles.Damaged(part, how));
    assertThatThrownBy(() -> cluster.pull(Lever.START, N2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(said);
    heal();

    assertThat(cluster.takeRemarks()).singleElement().asString().contains("files back", said);
    assertThat(cluster.takeRemarks()).isEmpty();
    assertThat(stored()).isEqualTo(before);
    assertThatItCatchesUp();
  }

  @Test
  void aTornLastWriteIsCutOff() throws IOException {
    cluster.pull(Lever.KILL, N2);
    Stored before = stored();

    harm(new NodeFiles.Damaged(Part.LOG, Harm.TORN));
    heal();

    assertThat(cluster.takeRemarks()).isEmpty();
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void halfOfALogIsAllThatIsLeftOfOneThatIsCut() throws IOException {
    cluster.pull(Lever.KILL, N2);
    Stored before = stored();

    harm(new NodeFiles.Damaged(Part.LOG, Harm.CUT));

    int left = before.entries().size() / 2;
    assertThat(stored().entries()).isEqualTo(before.entries().subList(0, left));
    assertThat(stored().state()).isEqualTo(before.state());
    heal();
    assertThatItCatchesUp();
  }

  @Test
  void whoIsWipedBeginsAsItDidAtFirst() throws IOException {
    harm(Whole.WIPED);

    assertThat(stored()).isEqualTo(simulation.options().stored().apply(S2));
    heal();
    assertThatItCatchesUp();
  }

  @Test
  void anOldBackUpIsWhatTheServerWasLastStartedWith() throws IOException {
    cluster.pull(Lever.KILL, N2);
    Stored started = stored();
    cluster.pull(Lever.START, N2);
    propose();

    harm(Whole.ROLLED_BACK);

    assertThat(stored()).isEqualTo(started);
    assertThat(started.entries()).isNotEmpty();
    heal();
    assertThatItCatchesUp();
  }

  /// Of one harm after another, each is done to the files from before the first.
  @ParameterizedTest
  @EnumSource(Harm.class)
  void harmIsNotDoneTwice(Harm second) throws IOException {
    cluster.pull(Lever.KILL, N2);
    Stored before = stored();
    harm(Whole.WIPED);
    harm(new NodeFiles.Damaged(Part.VOTE, second));

    heal();

    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void filesOfAServerThatRunsAreLeftAlone() {
    assertThatThrownBy(() -> cluster.surround(N2, USUAL.with(Whole.WIPED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("while it runs");
  }
}
