package dev.labrys.raft.node;

import static dev.labrys.raft.node.SampleFolder.STATE;
import static dev.labrys.raft.node.SampleFolder.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The storage on the file system of this machine.
final class StorageOnDiskTest {
  private static final Configuration CLUSTER = Configuration.ofVoters(3);

  @TempDir private Path parent;

  private Storage open(Path folder) throws IOException, StorageException {
    return Storage.open(
        folder, SampleFolder.IDENTITY, CLUSTER, Fsync.ALWAYS, new FileLayerOnDisk());
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void whatWasStoredIsFound(Fsync fsync) throws Exception {
    Path folder = parent.resolve("a/b/c");
    FileLayer files = new FileLayerOnDisk();

    try (Storage storage = Storage.open(folder, SampleFolder.IDENTITY, CLUSTER, fsync, files)) {
      storage.write(new Persist(STATE, List.of(entry(1, 0), entry(2, 0))));
      storage.sync();
    }

    try (Storage storage = Storage.open(folder, SampleFolder.IDENTITY, CLUSTER, fsync, files)) {
      assertThat(storage.stored().state()).isEqualTo(STATE);
      assertThat(storage.stored().entries()).containsExactly(entry(1, 0), entry(2, 0));
      assertThat(storage.repairs()).isEmpty();
    }
  }

  @Test
  void aTornTailIsCut() throws Exception {
    Path segment = parent.resolve("log-0000000001");
    try (Storage storage = open(parent)) {
      storage.write(new Persist(STATE, List.of(entry(1, 0))));
    }
    Files.write(segment, new byte[] {0, 0, 0, 9, 8, 7}, StandardOpenOption.APPEND);
    long torn = Files.size(segment);

    try (Storage storage = open(parent)) {
      assertThat(storage.repairs()).hasSize(1);
      assertThat(storage.repairs().getFirst())
          .startsWith("cut %s from %d to ".formatted(segment, torn));
      assertThat(storage.stored().entries()).containsExactly(entry(1, 0));
    }
    try (Storage storage = open(parent)) {
      assertThat(storage.repairs()).isEmpty();
    }
  }

  @Test
  void damageNamesFileAndPlace() throws Exception {
    Path state = parent.resolve("state");
    open(parent).close();
    byte[] bytes = Files.readAllBytes(state);
    bytes[12]++;
    Files.write(state, bytes);

    assertThatThrownBy(() -> open(parent))
        .isInstanceOf(StorageException.class)
        .hasMessageMatching(
            "\\Q"
                + state
                + "\\E is damaged at byte 0: expected a record of 3 bytes with checksum"
                + " [0-9a-f]{8}, found [0-9a-f]{8}\\. This server can't .*");
  }

  @Test
  void aFolderIsForOneAtATime() throws Exception {
    Storage storage = open(parent);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> open(parent))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "%s is in use by this process itself. Stop that one, or give this server a folder of"
                      .formatted(parent.toAbsolutePath())
                  + " its own.");
    }
    storage.close();
    storage.close();

    open(parent).close();
  }

  @Test
  void aFolderIsForOneProcessAtATime() throws Exception {
    Process other = StorageChild.start(parent, 1);
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("0");

      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> StorageChild.open(parent))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("is in use by process %d. ", other.pid());
      }
    } finally {
      other.destroyForcibly().waitFor();
    }

    StorageChild.open(parent).close();
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "text");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file + " can't be used as a folder: ");
    assertThatThrownBy(() -> open(file.resolve("folder"))).isInstanceOf(StorageException.class);
  }

  @Test
  void anInterruptedThreadStoresNothingMore() throws Exception {
    try (Storage storage = open(parent)) {
      storage.write(new Persist(STATE, List.of(entry(1, 0))));
      Thread.currentThread().interrupt();

      assertThatThrownBy(storage::sync).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(storage::sync).isInstanceOf(IOException.class);
    }

    try (Storage storage = open(parent)) {
      assertThat(storage.stored()).isNotEqualTo(Stored.initial(CLUSTER));
    }
  }
}
