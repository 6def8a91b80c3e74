package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.Effect.SaveSnapshot;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the files look like, byte by byte: programs that will be written must be able to read what
/// was written by this one. Who changes this changes [IdentityFile#FORMAT] too.
final class StorageFormatTest {
  private static final Configuration CLUSTER = Configuration.ofVoters(3);
  private static final HardState STATE = new HardState(300, new ServerId(2));
  private static final Identity IDENTITY = new Identity("golden-1", new ServerId(3));

  @Test
  void theFilesAreTheseBytes() throws Exception {
    Map<Path, byte[]> files = write();

    assertThat(text(files, "identity"))
        .isEqualTo(
            """
            labrys raft folder
            format 1
            cluster golden-1
            server 3
            checksum b7bf2dd9
            """);
    assertBytes(files, "state", "00000004 9fb0b7ee 9c698c7f", "01 ac02 02");
    assertBytes(
        files,
        "snapshot",
        // Continued, five bytes; and as a message has it, position and cluster.
        "0000000c 1f0cbae0 84407cb8",
        "00 05 01 02 ac02 03 01 02 03 00 00",
        "00000005 66db68df 301c2cbc",
        "73 74 61 74 65");
    assertBytes(
        files,
        "log-0000000001",
        // The opening: anew, after nothing.
        "00000004 30637301 b0c16f14",
        "01 01 00 00",
        // All before had been forced, after term 0, one more comes; and the entry.
        "00000009 b7b93aa9 81b4c1c9",
        "02 00 00 01 01 01 ac02 00",
        // 21 bytes had not been forced.
        "0000000d 31bc005d b78d2bf5",
        "02 15 ac02 00 01 02 ac02 01 02 68 69",
        "00000010 53470a02 88130f34",
        "02 2e ac02 00 01 03 ac02 02 03 01 02 03 00 00",
        // Stopped.
        "00000002 c586df4b 5b7b908c",
        "03 00");
  }

  private static void assertBytes(Map<Path, byte[]> files, String name, String... expected) {
    String hex = HexFormat.of().formatHex(SampleFolder.bytes(files, SampleFolder.file(name)));

    assertThat(hex).as(name).isEqualTo(String.join("", expected).replace(" ", ""));
  }

  private static Map<Path, byte[]> write() throws Exception {
    MemoryFiles files = SampleFolder.disk(Map.of(), 1);
    StorageFolder folder = new StorageFolder(StorageTrial.FOLDER, files, Fsync.ALWAYS);
    Storage storage = Storage.open(folder, IDENTITY, CLUSTER, new StorageLimits(1_000, 0));
    Entry noop = new Entry(1, 300, new Content.Noop());
    Entry command = new Entry(2, 300, new Content.Command(Bytes.of("hi")));
    Entry change = new Entry(3, 300, new Content.Membership(CLUSTER));
    storage.write(new Persist(STATE, List.of(noop, command)));
    storage.write(new Persist(STATE, List.of(change)));
    storage.sync();
    storage.write(
        new SaveSnapshot(new Snapshot(new LogPosition(2, 300), CLUSTER, Bytes.of("state"))));
    storage.close();
    return files.contents();
  }

  private static String text(Map<Path, byte[]> files, String name) {
    return new String(SampleFolder.bytes(files, SampleFolder.file(name)), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ümlaut", "line\nline"})
  void aClusterHasAPlainName(String name) {
    assertThatThrownBy(() -> new Identity(name, new ServerId(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name + "\"");
  }

  @Test
  void nobodyHasNoFolder() {
    assertThatThrownBy(() -> new Identity("cluster", ServerId.NOBODY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
