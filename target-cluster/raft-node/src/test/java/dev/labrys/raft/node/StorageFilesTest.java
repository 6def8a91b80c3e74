package dev.labrys.raft.node;

import static dev.labrys.raft.node.SampleFolder.FIRST;
import static dev.labrys.raft.node.SampleFolder.LAST;
import static dev.labrys.raft.node.SampleFolder.STATE;
import static dev.labrys.raft.node.SampleFolder.bytes;
import static dev.labrys.raft.node.SampleFolder.entry;
import static dev.labrys.raft.node.SampleFolder.file;
import static dev.labrys.raft.node.SampleFolder.found;
import static dev.labrys.raft.node.SampleFolder.with;
import static dev.labrys.raft.node.SampleFolder.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that don't belong together or to this server, and what is written to those that do.
final class StorageFilesTest {
  private static final Configuration CLUSTER = Configuration.ofVoters(3);

  private final Map<Path, byte[]> sample = SampleFolder.make(SampleFolder.Ending.STOPPED);

  StorageFilesTest() throws IOException, StorageException {}

  @Test
  void aNewFolderHoldsANewServer() throws Exception {
    Storage storage = SampleFolder.open(SampleFolder.disk(Map.of(), 1));

    assertThat(storage.stored()).isEqualTo(Stored.initial(CLUSTER));
    assertThat(storage.repairs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "identity, 'is missing, and log-0000000001 has been used'",
    "state, is missing",
    "snapshot, is missing"
  })
  void aMissingFileIsNotMadeAnew(String name, String problem) {
    Map<Path, byte[]> files = without(sample, file(name));

    assertRefused(files, "%s: %s".formatted(file(name), problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "snapshot"})
  void anythingUsedIsKeptWhereTheIdentityIsMissing(String name) {
    Map<Path, byte[]> files = Map.of(file(name), bytes(sample, file(name)));

    assertRefused(files, "identity: is missing, and %s has been used".formatted(name));
  }

  @Test
  void aMissingLogIsNotMadeAnew() {
    assertRefused(without(without(sample, FIRST), LAST), "folder: there is no log");
  }

  @Test
  void theBeginningOfTheLogMayNotBeMissing() {
    assertRefused(without(sample, FIRST), "the snapshot ends with entry 3, and the log begins ");
  }

  @Test
  void noSegmentMayBeMissing() {
    Map<Path, byte[]> files = with(sample, file("log-0000000004"), new byte[9]);

    assertRefused(
        files, file("log-0000000003") + ": is missing between log-0000000002 and log-0000000004");
  }

  @Test
  void anotherSegmentsBytesAreDamage() {
    assertRefused(with(sample, LAST, bytes(sample, FIRST)), LAST + " is damaged at byte 0: ");
  }

  @Test
  void aStateOfBeforeTheLogIsRefused() throws Exception {
    Map<Path, byte[]> young = new TreeMap<>(SampleFolder.disk(Map.of(), 1).contents());
    MemoryFiles disk = SampleFolder.disk(young, 1);
    SampleFolder.open(disk).close();

    Map<Path, byte[]> files = with(sample, file("state"), bytes(disk.contents(), file("state")));

    assertRefused(files, file("state") + ": it knows of term 0 only, and the log ends in term 4");
  }

  @Test
  void aSnapshotOfALongerLogIsRefused() throws Exception {
    MemoryFiles disk = SampleFolder.disk(sample, 1);
    Storage storage = SampleFolder.open(disk);
    storage.write(new Persist(STATE, List.of(entry(13, 0))));
    storage.write(new SaveSnapshot(snapshot(13)));

    Map<Path, byte[]> files =
        with(sample, file("snapshot"), bytes(disk.contents(), file("snapshot")));

    assertRefused(files, "folder: the log ends at 12/4, and had entry 13/4 when the snapshot was");
  }

  @ParameterizedTest
  @CsvSource({"other, 3", "sample, 1"})
  void theFolderOfAnotherServerIsRefused(String cluster, int server) {
    StorageFolder folder =
        new StorageFolder(StorageTrial.FOLDER, SampleFolder.disk(sample, 1), Fsync.ALWAYS);
    Identity other = new Identity(cluster, new ServerId(server));

    assertThatThrownBy(() -> Storage.open(folder, other, CLUSTER, StorageLimits.DEFAULTS))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "folder belongs to n3 of cluster sample, and this is n%d of cluster %s. Give this"
                    .formatted(server, cluster)
                + " server a folder of its own.");
  }

  @Test
  void theFolderOfANewerProgramIsRefused() {
    String text = "labrys raft folder\nformat 2\nanything\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int checksum = RecordFormat.checksum(bytes, 0, bytes.length);
    byte[] identity =
        (text + "checksum %08x\n".formatted(checksum)).getBytes(StandardCharsets.UTF_8);

    assertRefused(
        with(sample, file("identity"), identity),
        "folder has format 2, and this program knows format 1. Start the version");
  }

  @Test
  void whatAnInterruptedReplacementLeftIsRemoved() throws Exception {
    Map<Path, byte[]> files = sample;
    for (String name : List.of("identity.tmp", "state.tmp", "snapshot.tmp")) {
      files = with(files, file(name), new byte[] {7, 0, 0});
    }

    MemoryFiles disk = SampleFolder.disk(files, 1);
    SampleFolder.open(disk);

    assertThat(disk.contents()).containsOnlyKeys(sample.keySet());
  }

  @Test
  void filesOfOthersAreLeftAlone() throws Exception {
    Map<Path, byte[]> files = with(sample, file("lost+found"), new byte[] {7, 0, 0});

    MemoryFiles disk = SampleFolder.disk(files, 1);

    assertThat(SampleFolder.open(disk).stored()).isEqualTo(found(sample));
    assertThat(disk.contents()).containsKey(file("lost+found"));
  }

  @Test
  void segmentsGoWhenASnapshotReplacesThem() throws Exception {
    MemoryFiles disk = SampleFolder.disk(sample, 1);
    Storage storage = SampleFolder.open(disk);

    storage.write(new SaveSnapshot(snapshot(12)));

    assertThat(disk.contents()).doesNotContainKey(FIRST).containsKey(LAST);
    disk.losePower();
    assertThat(SampleFolder.open(disk).stored())
        .isEqualTo(new Stored(STATE, snapshot(12), List.of()));
  }

  @Test
  void theLogGoesWhenItDoesNotContinueASnapshot() throws Exception {
    MemoryFiles disk = SampleFolder.disk(sample, 1);
    Storage storage = SampleFolder.open(disk);

    storage.write(new SaveSnapshot(snapshot(13)));

    assertThat(disk.contents()).doesNotContainKeys(FIRST, LAST);
    storage.write(new Persist(STATE, List.of(entry(14, 0))));
    storage.sync();
    disk.losePower();
    assertThat(SampleFolder.open(disk).stored())
        .isEqualTo(new Stored(STATE, snapshot(13), List.of(entry(14, 0))));
  }

  @Test
  void syncingForcesWhatChangedAndNothingElse() throws Exception {
    MemoryFiles disk = SampleFolder.disk(sample, 1);
    StorageFolder folder = new StorageFolder(StorageTrial.FOLDER, disk, Fsync.ALWAYS);
    Storage storage = Storage.open(folder, SampleFolder.IDENTITY, CLUSTER, StorageLimits.DEFAULTS);
    long before = disk.forces();

    for (long index = 13; index < 16; index++) {
      storage.write(new Persist(STATE, List.of(entry(index, 0))));
    }
    assertThat(disk.forces()).isEqualTo(before);
    storage.sync();
    storage.sync();

    assertThat(disk.forces()).isEqualTo(before + 1);
  }

  @Test
  void nonsenseIsRefusedAndDoesNoHarm() throws Exception {
    MemoryFiles disk = SampleFolder.disk(sample, 1);
    Storage storage = SampleFolder.open(disk);

    assertThatThrownBy(() -> storage.write(new Persist(STATE, List.of(entry(14, 0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry 14 does not continue a log of 4..12");
    assertThatThrownBy(() -> storage.write(new Persist(STATE, List.of(entry(3, 0)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.write(new Persist(STATE, List.of(entry(13, 0), entry(15, 0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry 15/4 can't come after 13/4");
    assertThatThrownBy(() -> storage.write(new Persist(HardState.INITIAL, List.of(entry(13, 0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("13/4 is of a later term than the server, which is in 0");
    assertThatThrownBy(() -> storage.write(new SaveSnapshot(snapshot(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a snapshot up to 2/4 can't replace one up to 3/4");
    storage.close();

    assertThat(SampleFolder.open(disk).stored()).isEqualTo(found(sample));
  }

  @Test
  void whatWasFoundIsForgottenAfterAWrite() throws Exception {
    Storage storage = SampleFolder.open(SampleFolder.disk(sample, 1));

    storage.write(new Persist(STATE, List.of(entry(13, 0))));

    assertThatThrownBy(storage::stored).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void largeThingsAreStoredInPieces() throws Exception {
    MemoryFiles disk = SampleFolder.disk(sample, 1);
    Storage storage = SampleFolder.open(disk);
    Bytes large = Bytes.copyOf(new byte[700_001]);
    Snapshot snapshot = new Snapshot(new LogPosition(12, 4), CLUSTER, large);

    storage.write(new SaveSnapshot(snapshot));
    storage.close();

    assertThat(SampleFolder.open(disk).stored().snapshot()).isEqualTo(snapshot);
  }

  private static Snapshot snapshot(long index) {
    return new Snapshot(new LogPosition(index, STATE.term()), CLUSTER, Bytes.of("all"));
  }

  private static void assertRefused(Map<Path, byte[]> files, String problem) {
    MemoryFiles disk = SampleFolder.disk(files, 1);
    assertThatThrownBy(() -> SampleFolder.open(disk))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(problem);
    Map<Path, byte[]> after = disk.contents();
    assertThat(after.keySet()).isEqualTo(new TreeMap<>(files).keySet());
    files.forEach((path, bytes) -> assertThat(after.get(path)).isEqualTo(bytes));
  }
}
