package dev.labrys.raft.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class StorePropertyTest {
  private static final int RUNS = 200;
  private static final int STEPS = 200;

  @Test
  void itAnswersLikeThePlainOne() throws WireFormatException {
    for (int run = 0; run < RUNS; run++) {
      StepSamples samples = new StepSamples(new Seed(run).stream("steps"));
      Store store = new Store();
      PlainStore plain = new PlainStore();
      for (int i = 1; i <= STEPS; i++) {
        Step step = samples.step();

        Answer answer = Answer.of(store.apply(i, step.toBytes()));

        assertThat(answer).as("seed %d, step %d: %s", run, i, step).isEqualTo(plain.perform(step));
      }
    }
  }

  @Test
  void aRestoredStoreIsTheSameAndGoesOnTheSame() {
    for (int run = 0; run < RUNS; run++) {
      RandomGenerator random = new Seed(run).stream("restored");
      StepSamples samples = new StepSamples(random);
      Store store = new Store();
      Store restored = new Store();
      for (int i = 1; i <= STEPS; i++) {
        if (random.nextInt(20) == 0) {
          Bytes snapshot = store.snapshot();
          restored = new Store();
          restored.apply(1, samples.step().toBytes());
          restored.restore(snapshot);
        }
        Bytes step = samples.step().toBytes();
        assertThat(restored.apply(i, step)).isEqualTo(store.apply(i, step));
        assertThat(restored.snapshot()).isEqualTo(store.snapshot());
      }
    }
  }

  @Test
  void queriesChangeNothing() {
    StepSamples samples = new StepSamples(new Seed(1).stream("queries"));
    Store store = new Store();
    for (int i = 1; i <= 5_000; i++) {
      Step step = samples.step();
      if (step instanceof Query) {
        Bytes before = store.snapshot();
        Bytes answer = store.query(step.toBytes());
        assertThat(store.apply(i, step.toBytes())).isEqualTo(answer);
        assertThat(store.snapshot()).isEqualTo(before);
      } else {
        store.apply(i, step.toBytes());
      }
    }
  }

  @Test
  void aStoreRestoredFromNoBytesIsNew() {
    Store store = new Store();
    store.apply(1, new Command.Add("x", 1).toBytes());

    store.restore(Bytes.EMPTY);

    assertThat(store.snapshot()).isEqualTo(new Store().snapshot());
  }

  @Test
  void aDamagedSnapshotIsRestoredOrRejectedWhole() {
    RandomGenerator random = new Seed(2).stream("damage");
    StepSamples samples = new StepSamples(random);
    Store store = new Store();
    int rejected = 0;
    for (int i = 1; i <= 3_000; i++) {
      store.apply(i, samples.step().toBytes());
      byte[] damaged = store.snapshot().toArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      Store victim = new Store();
      victim.apply(1, new Command.Add("x", 7).toBytes());
      Bytes before = victim.snapshot();
      try {
        victim.restore(Bytes.copyOf(damaged));
      } catch (IllegalArgumentException malformed) {
        assertThat(victim.snapshot()).isEqualTo(before);
        rejected++;
      }
    }
    assertThat(rejected).isBetween(300, 2_700);
  }
}
