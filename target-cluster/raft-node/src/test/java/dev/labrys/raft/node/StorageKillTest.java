package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that write real files and are killed at any moment: what they said to be stored
/// is there. More with `-Dkill.rounds=<number>`.
final class StorageKillTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 15);
  private static final int MOST_BATCHES = 30;

  @Test
  void whatWasSaidToBeStoredIsThere(@TempDir Path parent, TestReporter reporter) throws Exception {
    Path folder = parent.resolve("server");
    RandomGenerator random = new Seed(1).stream("kills");
    Stored found = Stored.initial(StorageTrial.INITIAL);
    long stored = 0;

    for (int seed = 0; seed < ROUNDS; seed++) {
      long batches = storedUntilKilled(folder, seed, random.nextInt(MOST_BATCHES));
      List<Stored> possible = possible(found, seed, batches);
      try (Storage storage = StorageChild.open(folder)) {
        found = storage.stored();
        assertThat(found).as("seed %d, %d batches", seed, batches).isIn(possible);
      }
      stored += batches;
    }

    assertThat(stored).isGreaterThan(5L * ROUNDS);
    reporter.publishEntry("%d kills, %d batches stored".formatted(ROUNDS, stored));
  }

  /// How many batches the process told of.
  private static long storedUntilKilled(Path folder, long seed, int atLeast)
      throws IOException, InterruptedException {
    Process process = StorageChild.start(folder, seed);
    try (BufferedReader output = process.inputReader()) {
      long told = -1;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        // The last line may be cut off, and then says less than was stored.
        told = Math.max(told, Long.parseLong(line));
        if (told == atLeast) {
          // Not the process itself: that would close what it printed.
          process.toHandle().destroyForcibly();
        }
      }
      assertThat(told).isGreaterThanOrEqualTo(atLeast);
      return told;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /// What is there after so many batches, or after any write of the next one.
  private static List<Stored> possible(Stored found, long seed, long batches) {
    StorageChild.Batches script = new StorageChild.Batches(found, seed);
    for (long i = 0; i < batches; i++) {
      script.next();
    }
    Stored written = script.written();
    List<Stored> possible = new ArrayList<>(List.of(written));
    for (Effect write : script.next()) {
      List<Stored> after = StoredOracle.after(written, write);
      possible.addAll(after);
      written = after.getLast();
    }
    return possible;
  }
}
