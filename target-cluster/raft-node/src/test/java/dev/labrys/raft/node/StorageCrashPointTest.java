package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Effect;
import dev.labrys.raft.RaftOptions.Fsync;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A scenario that is broken off at each thing it does to files, by each kind of end.
final class StorageCrashPointTest {
  private static final int POWER_LOSSES = 8;
  private static final int WRITES = 30;

  @Test
  void theEndMayComeAtAnyPoint() throws Exception {
    long operations = whole(Fsync.ALWAYS).operations();

    assertThat(operations).isGreaterThan(150);
    for (long operation = 0; operation < operations; operation++) {
      for (int loss = 0; loss <= POWER_LOSSES; loss++) {
        MemoryFiles files = new MemoryFiles(new Seed(loss).stream("disk"));
        StorageTrial trial = new StorageTrial(files, Fsync.ALWAYS);
        files.crashAfter(operation);
        assertFails(trial, "process ended");
        if (loss == 0) {
          files.kill();
        } else {
          files.losePower();
        }
        assertGoesOn(files, trial);
      }
    }
  }

  @Test
  void whatWasHandedOverSurvivesTheEndOfTheProcess() throws Exception {
    long operations = whole(Fsync.NEVER).operations();

    for (long operation = 0; operation < operations; operation++) {
      MemoryFiles files = new MemoryFiles(new Seed(1).stream("disk"));
      StorageTrial trial = new StorageTrial(files, Fsync.NEVER);
      files.crashAfter(operation);
      assertFails(trial, "process ended");
      files.kill();
      Storage storage = trial.open();
      trial.write(storage, next(trial));
      trial.sync(storage);
      files.kill();
      trial.open();
    }
  }

  @Test
  void nothingIsForcedIfThePolicyIsNever() throws Exception {
    assertThat(whole(Fsync.NEVER).forces()).isZero();
    assertThat(whole(Fsync.ALWAYS).forces()).isPositive();
  }

  @Test
  void aFullDiskLosesNothingThatWasStored() throws Exception {
    long most = whole(Fsync.ALWAYS).used();

    for (long bytes = 0; bytes < most; bytes++) {
      MemoryFiles files = new MemoryFiles(new Seed(bytes).stream("disk"));
      StorageTrial trial = new StorageTrial(files, Fsync.ALWAYS);
      files.limitTo(bytes);
      assertFails(trial, "No space left on device");
      files.kill();
      assertGoesOn(files, trial);
    }
  }

  @Test
  void nothingIsStoredAfterForcingFailed() throws Exception {
    long forces = whole(Fsync.ALWAYS).forces();

    for (long force = 0; force < forces; force++) {
      MemoryFiles files = new MemoryFiles(new Seed(force).stream("disk"));
      StorageTrial trial = new StorageTrial(files, Fsync.ALWAYS);
      files.failForceAfter(force);
      assertFails(trial, "Input/output error");
      files.losePower();
      files.neglect(MemoryFiles.Neglect.NOTHING);
      assertGoesOn(files, trial);
    }
  }

  private static MemoryFiles whole(Fsync fsync) throws Exception {
    MemoryFiles files = new MemoryFiles(new Seed(1).stream("disk"));
    play(new StorageTrial(files, fsync), new ArrayList<>());
    return files;
  }

  /// Two lives of a server, to the end of the second.
  ///
  /// @param opened gets those that were opened, and are not closed
  private static void play(StorageTrial trial, List<Storage> opened)
      throws IOException, StorageException {
    RandomGenerator random = new Seed(9).stream("script");
    StorageScript script = new StorageScript(random);
    for (int life = 0; life < 2; life++) {
      Storage storage = trial.open();
      opened.add(storage);
      for (int i = 0; i < WRITES; i++) {
        trial.write(storage, script.next(trial.written()));
        if (random.nextInt(3) == 0) {
          trial.sync(storage);
        }
      }
      trial.close(storage);
      opened.clear();
    }
  }

  /// The scenario fails, and from then on everything does, for the reason that is given.
  private static void assertFails(StorageTrial trial, String reason) {
    List<Storage> opened = new ArrayList<>();
    assertThatThrownBy(() -> play(trial, opened))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    for (Storage storage : opened) {
      assertThatThrownBy(() -> StorageTrial.write(next(trial), storage))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(storage::sync).isInstanceOf(IOException.class);
    }
  }

  /// What was stored is there, and can be built upon.
  private static void assertGoesOn(MemoryFiles files, StorageTrial trial) throws Exception {
    Storage storage = trial.open();
    trial.write(storage, next(trial));
    trial.sync(storage);
    files.losePower();
    trial.open();
  }

  private static Effect next(StorageTrial trial) {
    return new StorageScript(new Seed(3).stream("script")).next(trial.written());
  }
}
