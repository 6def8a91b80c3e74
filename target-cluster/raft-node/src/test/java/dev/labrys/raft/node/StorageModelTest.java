package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.RaftOptions.Fsync;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is written, and whenever a process or a machine dies: what is found is what was there
/// after one of the writes, and no earlier one than the last that was made to last.
///
/// Longer with `-Dstorage.runs=<number>`; one run alone with `-Dstorage.seed=<seed>`.
final class StorageModelTest {
  private static final int RUNS = Integer.getInteger("storage.runs", 400);
  private static final int LIVES = 12;
  private static final int MOST_WRITES = 25;

  @Test
  void whatIsFoundIsWhatWasWritten() throws Exception {
    Long seed = Long.getLong("storage.seed");
    for (long run = 1; run <= RUNS; run++) {
      run(seed == null ? run : seed, Fsync.ALWAYS, MemoryFiles.Neglect.NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MemoryFiles.Neglect.class,
      names = {"FORCED_FILES", "FORCED_FOLDERS"})
  void aDiskThatForcesNothingIsNoticed(MemoryFiles.Neglect neglect) {
    assertThatThrownBy(
            () -> {
              for (long run = 1; run <= RUNS; run++) {
                run(run, Fsync.ALWAYS, neglect);
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aStorageThatForcesNothingIsNoticed() {
    assertThatThrownBy(
            () -> {
              for (long run = 1; run <= RUNS; run++) {
                run(run, Fsync.NEVER, MemoryFiles.Neglect.NOTHING);
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  private static void run(long seed, Fsync fsync, MemoryFiles.Neglect neglect) {
    MemoryFiles files = new MemoryFiles(new Seed(seed).stream("disk"));
    files.neglect(neglect);
    StorageTrial trial = new StorageTrial(files, fsync);
    RandomGenerator random = new Seed(seed).stream("life");
    StorageScript script = new StorageScript(new Seed(seed).stream("script"));
    try {
      for (int life = 0; life < LIVES; life++) {
        live(files, trial, script, random);
        if (random.nextInt(3) == 0) {
          files.kill();
        } else {
          files.losePower();
        }
      }
      assertThat(trial.open().repairs()).hasSizeLessThan(3);
    } catch (AssertionError | Exception found) {
      throw new AssertionError("falsified: -Dstorage.seed=%d".formatted(seed), found);
    }
  }

  /// From a start to the next crash, which may well come before the start is complete.
  private static void live(
      MemoryFiles files, StorageTrial trial, StorageScript script, RandomGenerator random)
      throws IOException, StorageException {
    if (random.nextBoolean()) {
      files.crashAfter(random.nextInt(80));
    }
    try {
      Storage storage = trial.open();
      int writes = random.nextInt(MOST_WRITES);
      for (int i = 0; i < writes; i++) {
        trial.write(storage, script.next(trial.written()));
        if (random.nextInt(3) == 0) {
          trial.sync(storage);
        }
      }
      if (random.nextInt(5) == 0) {
        trial.close(storage);
      }
    } catch (IOException crash) {
      if (!files.isCrashed()) {
        throw crash;
      }
    }
  }
}
