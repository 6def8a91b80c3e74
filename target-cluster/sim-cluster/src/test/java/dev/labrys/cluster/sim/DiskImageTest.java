package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DiskImageTest {
  private static final Configuration CLUSTER = Configuration.ofVoters(3);

  private final DiskImage image = new DiskImage(Stored.initial(CLUSTER));

  @Test
  void entriesReplaceWhatIsAtTheirPlaceAndAfterIt() {
    image.write(Puppet.persist(1, entry(1, 1), entry(2, 1), entry(3, 1)));
    image.write(Puppet.persist(2, entry(2, 2)));

    assertThat(image.stored())
        .isEqualTo(
            new Stored(
                new HardState(2, ServerId.NOBODY),
                Snapshot.initial(CLUSTER),
                List.of(entry(1, 1), entry(2, 2))));
  }

  @Test
  void aSnapshotThatTheLogContinuesLeavesTheRest() {
    image.write(Puppet.persist(1, entry(1, 1), entry(2, 1), entry(3, 1)));
    image.write(snapshot(2, 1));

    assertThat(image.stored().entries()).containsExactly(entry(3, 1));
    assertThat(image.stored().snapshot().last()).isEqualTo(new LogPosition(2, 1));
  }

  @Test
  void aSnapshotThatTheLogContradictsLeavesNothing() {
    image.write(Puppet.persist(1, entry(1, 1), entry(2, 1), entry(3, 1)));
    image.write(snapshot(2, 2));

    assertThat(image.stored().entries()).isEmpty();
  }

  @Test
  void whatIsCutOffIsAPrefix() {
    Effect.Persist write = Puppet.persist(4, entry(1, 4), entry(2, 4));

    image.write(write, 0);
    assertThat(image.stored()).isEqualTo(Stored.initial(CLUSTER));
    image.write(write, 1);
    assertThat(image.stored().state().term()).isEqualTo(4);
    assertThat(image.stored().entries()).isEmpty();
    image.write(write, 2);
    assertThat(image.stored().entries()).containsExactly(entry(1, 4));
    assertThat(DiskImage.records(write)).isEqualTo(3);
  }

  @Test
  void aHoleInTheLogIsRefused() {
    assertThatThrownBy(() -> image.write(Puppet.persist(1, entry(2, 1))))
        .hasMessageContaining("can't take the entry 2/1");
  }

  @Test
  void damageIsFoundUntilItIsOverwritten() {
    image.write(Puppet.persist(1, entry(1, 1), entry(2, 1)));
    image.damageEntry(2);

    assertThatThrownBy(image::stored).hasMessageContaining("entry 2");
    image.write(Puppet.persist(2, entry(2, 2)));
    assertThat(image.stored().entries()).containsExactly(entry(1, 1), entry(2, 2));
  }

  @Test
  void damageGoesWithWhatIsCompacted() {
    image.write(Puppet.persist(1, entry(1, 1), entry(2, 1)));
    image.damageEntry(1);
    image.write(snapshot(1, 1));

    assertThat(image.isDamaged()).isFalse();
  }

  @Test
  void onlyWhatIsThereCanBeDamaged() {
    assertThatThrownBy(() -> image.damageEntry(1)).hasMessageContaining("no entry 1");
  }

  @Test
  void aCopyIsIndependent() {
    image.write(Puppet.persist(1, entry(1, 1)));
    DiskImage copy = image.copy();
    copy.write(Puppet.persist(1, entry(2, 1)));

    assertThat(image.stored().entries()).hasSize(1);
    assertThat(copy.stored().entries()).hasSize(2);
  }

  /// Against plain lists.
  @Test
  void itHoldsWhatWasWritten() {
    SimRandom random = SimRandom.of(new Seed(5), "image");
    List<Entry> expected = new ArrayList<>();
    LogPosition compacted = LogPosition.ZERO;
    for (long term = 1; term < 2_000; term++) {
      long last = expected.isEmpty() ? compacted.index() : expected.getLast().index();
      if (!expected.isEmpty() && Dice.below(random, 10) == 0) {
        Entry at = expected.get(Dice.index(random, expected.size()));
        image.write(snapshot(at.index(), at.term()));
        expected.removeIf(entry -> entry.index() <= at.index());
        compacted = at.position();
      } else {
        long first = Dice.between(random, compacted.index() + 1, last + 1);
        List<Entry> written = new ArrayList<>();
        for (long index = first; index <= first + Dice.below(random, 6); index++) {
          written.add(entry(index, term));
        }
        if (!written.isEmpty()) {
          expected.removeIf(entry -> entry.index() >= first);
          expected.addAll(written);
        }
        image.write(Puppet.persist(term, written.toArray(Entry[]::new)));
      }

      assertThat(image.stored().entries()).isEqualTo(expected);
      assertThat(image.stored().snapshot().last()).isEqualTo(compacted);
    }
    assertThat(compacted.index()).isGreaterThan(100);
  }

  private static Effect snapshot(long index, long term) {
    return new Effect.SaveSnapshot(
        new Snapshot(new LogPosition(index, term), CLUSTER, Bytes.of("state")));
  }
}
