package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Skipped, saying why, where there can be no such disks.
@Timeout(120)
final class LoopDiskTest {
  private static final int MOST_LOOKS = 1_000;
  private static final String HOLD = "echo HOLDS; read nothing";

  @TempDir private Path folder;
  private LoopDisk disk;

  @BeforeEach
  void create() throws IOException {
    Optional<String> complaint = LoopDisk.complaint();
    Assumptions.assumeTrue(complaint.isEmpty(), () -> complaint.orElse(""));
    disk = new LoopDisk(folder.resolve("n1" + LoopDisk.SUFFIX), folder.resolve("n1"));
    disk.create();
  }

  @AfterEach
  void remove() throws IOException {
    if (disk != null) {
      disk.remove();
      assertThat(Mounts.isMounted(disk.folder())).isFalse();
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        disk.folder().resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void append(FileChannel file, String text) throws IOException {
    file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aLossOfPowerLosesExactlyWhatWasNotSynced() throws IOException {
    try (FileChannel synced = open("synced");
        FileChannel half = open("half")) {
      for (int record = 0; record < 1_000; record++) {
        append(synced, "%07d\n".formatted(record));
        append(half, "%07d\n".formatted(record));
        synced.force(false);
        if (record == 499) {
          half.force(false);
        }
      }
    }
    Files.writeString(disk.folder().resolve("never"), "x");

    disk.losePower();

    assertThat(disk.folder().resolve("synced")).hasSize(8_000);
    // In whole blocks, as disks write: what follows the synced part is no record.
    assertThat(Files.readString(disk.folder().resolve("half"), StandardCharsets.ISO_8859_1))
        .startsWith("0000000\n")
        .contains("0000499\n")
        .doesNotContain("0000900\n");
    assertThat(disk.folder().resolve("never")).doesNotExist();
  }

  /// As containers do for a moment while they are made.
  @Test
  void powerComesBackOnlyWhenNobodyHoldsTheDeadDisk() throws IOException {
    Process holder =
        new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", "-c", HOLD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    CompletableFuture<Void> lost;
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("HOLDS");
      lost = CompletableFuture.runAsync(this::losePower);
      while (Mounts.isMounted(disk.folder())) {
        Thread.onSpinWait();
      }
      for (int looks = 0; looks < MOST_LOOKS; looks++) {
        assertThat(Mounts.isMounted(disk.folder())).isFalse();
      }
    } finally {
      holder.destroyForcibly().onExit().join();
    }
    lost.orTimeout(60, TimeUnit.SECONDS).join();

    assertThat(Files.writeString(disk.folder().resolve("again"), "x")).hasContent("x");
  }

  private void losePower() {
    try {
      disk.losePower();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void aFullDiskTakesNothingUntilThereIsRoom() throws IOException {
    disk.fill();
    try (FileChannel file = open("more")) {
      assertThatThrownBy(
              () -> {
                append(file, "x".repeat(5_000));
                file.force(false);
              })
          .hasMessageContaining("No space left");
    }

    disk.makeRoom();

    Files.writeString(disk.folder().resolve("more"), "x".repeat(5_000));
    assertThat(disk.folder().resolve("more")).hasSize(5_000);
  }

  @Test
  void whoWritesToADiskThatStandsStillWaits() throws IOException {
    CompletableFuture<Path> written;
    try {
      disk.freeze();
      written =
          CompletableFuture.supplyAsync(() -> {
            try {
              return Files.writeString(disk.folder().resolve("late"), "x");
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
          });
      for (int looks = 0; looks < MOST_LOOKS; looks++) {
        assertThat(written).isNotDone();
        Thread.onSpinWait();
      }
    } finally {
      disk.thaw();
    }

    assertThat(written.orTimeout(60, TimeUnit.SECONDS).join()).hasContent("x");
  }

  @Test
  void ofALivingRunnerItIsNoLeftover() throws IOException {
    DiskLeftovers leftovers = new DiskLeftovers();

    assertThat(leftovers.find(Sweep.ALL)).anyMatch(name -> name.contains(folder.toString()));
    assertThat(leftovers.find(Sweep.ORPHANS)).noneMatch(name -> name.contains(folder.toString()));
  }

  /// Even one that stands still.
  @Test
  void whatAKilledRunnerLeavesIsRemoved() throws IOException {
    Path killed = folder.resolve("killed");
    Process runner = LonelyRunner.start(LonelyDisk.class, killed.toString());
    DiskLeftovers leftovers = new DiskLeftovers();
    try {
      assertThat(leftovers.find(Sweep.ORPHANS)).noneMatch(name -> name.contains("killed"));
    } finally {
      runner.destroyForcibly().onExit().join();
    }

    assertThat(leftovers.find(Sweep.ORPHANS)).anyMatch(name -> name.contains(killed.toString()));
    assertThat(leftovers.remove(Sweep.ORPHANS)).anyMatch(name -> name.contains(killed.toString()));
    assertThat(Mounts.isMounted(killed.resolve("n1"))).isFalse();
    assertThat(leftovers.find(Sweep.ALL)).noneMatch(name -> name.contains(killed.toString()));
  }
}
