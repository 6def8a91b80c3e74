package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static dev.labrys.cluster.sim.Puppet.entry;
import static dev.labrys.cluster.sim.Puppet.persist;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Input;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is left of writes, seen by a server that starts again.
final class SimDiskTest {
  private int written;

  /// A server that writes its next entry when it is told to go.
  private Simulation writing(Fsync fsync, long seed) {
    written = 0;
    return Simulation.of(
        Puppet.options(
                1,
                (_, _, input) -> {
                  if (!(input instanceof Input.Proposed)) {
                    return List.of();
                  }
                  written++;
                  return List.of(persist(1, entry(written, 1)));
                })
            .withRaft(options(fsync)),
        new Seed(seed));
  }

  private static RaftOptions options(Fsync fsync) {
    return RaftOptions.DEFAULTS.with("fsync", fsync.name().toLowerCase(java.util.Locale.ROOT));
  }

  private static void go(Simulation simulation) {
    simulation.server(N1).propose(Bytes.EMPTY, _ -> {});
  }

  private static List<Entry> found(Simulation simulation) {
    return Puppet.at(simulation, N1).stored.entries();
  }

  @Test
  void whatIsSyncedSurvivesTheLossOfPower() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);

    go(simulation);
    simulation.runUntil(10 * MILLI);
    simulation.powerLoss(N1);
    simulation.start(N1);

    assertThat(found(simulation)).containsExactly(entry(1, 1));
  }

  @Test
  void whatIsNotSyncedMayNot() {
    List<Integer> left = new ArrayList<>();
    for (int seed = 0; seed < 300; seed++) {
      Simulation simulation = writing(Fsync.NEVER, seed);
      for (int i = 0; i < 4; i++) {
        go(simulation);
      }
      simulation.runUntil(20 * MILLI);
      assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).hasSize(4);
      simulation.powerLoss(N1);
      simulation.start(N1);
      left.add(found(simulation).size());
    }

    assertThat(left).contains(0, 1, 2, 3, 4);
    assertThat(left.stream().filter(size -> size == 0).count()).isGreaterThan(100);
  }

  @Test
  void theOperatingSystemKeepsWhatAProcessWrote() {
    Simulation simulation = writing(Fsync.NEVER, 1);

    go(simulation);
    go(simulation);
    simulation.crash(N1);
    simulation.start(N1);

    assertThat(found(simulation)).containsExactly(entry(1, 1), entry(2, 1));
    assertThat(simulation.disk(N1).synced().entries()).isEmpty();
  }

  @Test
  void theOperatingSystemSyncsAfterAWhile() {
    Simulation simulation = writing(Fsync.NEVER, 1);

    go(simulation);
    simulation.runUntil(2 * SECOND);
    simulation.powerLoss(N1);
    simulation.start(N1);

    assertThat(found(simulation)).containsExactly(entry(1, 1));
  }

  @Test
  void aDiskThatHangsFinishesNothing() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);

    simulation.disk(N1).hang();
    go(simulation);
    simulation.runUntil(5 * SECOND);
    assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).isEmpty();
    simulation.disk(N1).resume();
    simulation.run(1);

    assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).hasSize(1);
  }

  @Test
  void aSlowDiskTakesLonger() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);

    simulation.disk(N1).latency(new Delay.Fixed(700 * MILLI));
    go(simulation);
    simulation.runUntil(699 * MILLI);
    assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).isEmpty();
    simulation.runUntil(700 * MILLI);

    assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).hasSize(1);
  }

  @Test
  void aFullDiskEndsTheServerThatWrites() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);

    simulation.disk(N1).fill();
    simulation.runUntil(SECOND);
    assertThat(simulation.server(N1).isUp()).isTrue();
    go(simulation);
    simulation.run(MILLI);
    assertThat(simulation.server(N1).isUp()).isFalse();
    simulation.disk(N1).makeRoom();
    simulation.start(N1);

    assertThat(found(simulation)).isEmpty();
  }

  @Test
  void aDamagedServerRefusesToStart() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);

    go(simulation);
    simulation.runUntil(10 * MILLI);
    simulation.disk(N1).damageEntry(1);
    simulation.crash(N1);

    assertThatThrownBy(() -> simulation.start(N1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "n1 refuses to start: the checksum of entry 1 is wrong; replace its disk, or leave it"
                + " down");
    assertThat(simulation.server(N1).isUp()).isFalse();
  }

  @Test
  void damagedTermsAndSnapshotsAreFoundAsWell() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);
    SimDisk disk = simulation.disk(N1);

    disk.damageSnapshot();
    assertThatThrownBy(disk::stored).hasMessageContaining("snapshot");
    disk.damageState();
    assertThatThrownBy(disk::stored).hasMessageContaining("term and vote");
    assertThat(disk.isDamaged()).isTrue();
  }

  @Test
  void aNewDiskKnowsNothing() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);

    go(simulation);
    simulation.runUntil(10 * MILLI);
    assertThatThrownBy(() -> simulation.disk(N1).replace()).hasMessageContaining("up");
    simulation.disk(N1).damageState();
    simulation.crash(N1);
    simulation.disk(N1).replace();
    simulation.start(N1);

    assertThat(Puppet.at(simulation, N1).stored).isEqualTo(Stored.initial(Configuration.NONE));
  }

  @Test
  void bytesAreCounted() {
    Simulation simulation = writing(Fsync.ALWAYS, 1);
    long empty = simulation.disk(N1).logBytes();

    go(simulation);
    simulation.runUntil(10 * MILLI);

    assertThat(simulation.disk(N1).logBytes()).isGreaterThan(empty + 2);
    assertThat(simulation.disk(N1).snapshotBytes()).isZero();
  }
}
