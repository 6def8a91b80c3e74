package dev.labrys.raft.node;

import static dev.labrys.raft.node.SampleFolder.FIRST;
import static dev.labrys.raft.node.SampleFolder.LAST;
import static dev.labrys.raft.node.SampleFolder.STATE;
import static dev.labrys.raft.node.SampleFolder.bytes;
import static dev.labrys.raft.node.SampleFolder.entry;
import static dev.labrys.raft.node.SampleFolder.file;
import static dev.labrys.raft.node.SampleFolder.found;
import static dev.labrys.raft.node.SampleFolder.repairs;
import static dev.labrys.raft.node.SampleFolder.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Effect.Persist;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Bytes that are not as they were written: what a loss of power leaves is mended, all else
/// refused.
final class StorageDamageTest {
  private final Map<Path, byte[]> killed = SampleFolder.make(SampleFolder.Ending.KILLED);
  private final Map<Path, byte[]> stopped = SampleFolder.make(SampleFolder.Ending.STOPPED);
  private final Stored whole = found(killed);

  /// As if the last pair of entries had not been written.
  private final Stored shorter =
      new Stored(whole.state(), whole.snapshot(), whole.entries().subList(0, 7));

  /// Where the last pair begins, and where it ends.
  private final int start;

  private final int end;

  StorageDamageTest() throws IOException, StorageException {
    List<Integer> offsets = SampleFolder.offsets(killed, LAST);
    start = offsets.get(offsets.size() - 3);
    end = offsets.getLast();
  }

  @Test
  void theSampleIsWhatTheTestsTakeItFor() throws Exception {
    assertThat(killed.keySet())
        .containsExactly(file("identity"), FIRST, LAST, file("snapshot"), file("state"));
    assertThat(SampleFolder.offsets(killed, LAST)).hasSizeGreaterThan(5);
    assertThat(whole.state()).isEqualTo(STATE);
    assertThat(whole.snapshot().last()).isEqualTo(new LogPosition(3, 4));
    assertThat(whole.entries()).hasSize(9);
    assertThat(found(stopped)).isEqualTo(whole);
    assertThat(bytes(killed, LAST).length).isGreaterThan(end);
  }

  @Test
  void nothingIsMendedWhereNothingIsWrong() throws Exception {
    assertThat(repairs(killed)).isEmpty();
    assertThat(repairs(stopped)).isEmpty();
  }

  /// The last write can't be told from one that was made when the power was lost.
  @Test
  void noBitMayBeWrongExceptInTheLastWrite() throws Exception {
    for (Path path : killed.keySet()) {
      for (int bit = 0; bit < 8 * bytes(killed, path).length; bit++) {
        boolean isLastWrite = path.equals(LAST) && bit >= 8 * start && bit < 8 * end;
        boolean isUnused = path.equals(LAST) && bit >= 8 * end;
        String expected = isLastWrite ? shorter + "" : isUnused ? whole + "" : "refused";
        assertThat(withFlipped(killed, path, bit))
            .as("bit %d of %s", bit, path)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void noBitMayBeWrongAfterAStopInGoodOrder() throws Exception {
    for (Path path : stopped.keySet()) {
      for (int bit = 0; bit < 8 * bytes(stopped, path).length; bit++) {
        String expected = path.equals(LAST) && bit >= 8 * end ? whole + "" : "refused";
        assertThat(withFlipped(stopped, path, bit))
            .as("bit %d of %s", bit, path)
            .isEqualTo(expected);
      }
    }
  }

  private static String withFlipped(Map<Path, byte[]> files, Path path, int bit)
      throws IOException {
    Map<Path, byte[]> damaged =
        with(files, path, bytes -> bytes[bit / 8] ^= (byte) (1 << (bit % 8)));
    try {
      return found(damaged) + "";
    } catch (StorageException refused) {
      assertThat(refused).hasMessageStartingWith(path + " is damaged at byte ");
      assertThat(refused).hasMessageEndingWith("empty the folder, and add it as a new one.");
      return "refused";
    }
  }

  @Test
  void aFileMayEndAnywhereInTheLastWrite() throws Exception {
    for (int length = start; length < end; length++) {
      Map<Path, byte[]> torn = with(killed, LAST, Arrays.copyOf(bytes(killed, LAST), length));
      assertThat(found(torn)).as("%d bytes", length).isEqualTo(shorter);
      assertThat(repairs(torn)).hasSize(length < start + 4 ? 0 : 1);
    }
  }

  @Test
  void zerosMayFollowFromAnywhereInTheLastWrite() throws Exception {
    for (int length = start; length < end; length++) {
      byte[] page = Arrays.copyOf(Arrays.copyOf(bytes(killed, LAST), length), 4_096);
      Map<Path, byte[]> torn = with(killed, LAST, page);
      assertThat(found(torn)).as("%d bytes", length).isEqualTo(shorter);
      assertThat(repairs(torn)).hasSize(length < start + 4 ? 0 : 1);
    }
  }

  /// Pages of one write reach the disk in any order.
  @Test
  void anyPieceOfTheLastWriteMayBeLost() throws Exception {
    for (int from = start; from < end; from++) {
      for (int to = from + 12; to <= end; to += 9) {
        int first = from;
        int last = to;
        Map<Path, byte[]> torn =
            with(killed, LAST, bytes -> Arrays.fill(bytes, first, last, (byte) 0));
        assertThat(found(torn)).as("without %d to %d", from, to).isEqualTo(shorter);
      }
    }
  }

  @Test
  void damageIsRefusedForWhatWasWrittenAfterIt() {
    Map<Path, byte[]> damaged = with(killed, LAST, bytes -> bytes[start - 1]++);

    assertThatThrownBy(() -> found(damaged))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("expected a record of ")
        .hasMessageContaining(
            "; what was written at %d, after this had been stored, is there", start);
  }

  @Test
  void aSegmentThatWasNeverBegunIsRemoved() throws Exception {
    Path next = file("log-0000000003");
    for (byte[] contents : List.of(new byte[0], new byte[7], new byte[4_096])) {
      Map<Path, byte[]> files = with(killed, next, contents);
      assertThat(found(files)).isEqualTo(whole);
      assertThat(repairs(files)).singleElement().asString().contains(next.toString());
    }
  }

  /// Records have the same length here: where the new one ends, an old one could go on.
  @Test
  void whatWasCutDoesNotComeBack() throws Exception {
    Map<Path, byte[]> torn =
        with(killed, LAST, bytes -> Arrays.fill(bytes, start, start + 20, (byte) 0));
    Persist write = new Persist(STATE, List.of(entry(11, 1)));
    List<LogPosition> written = new ArrayList<>(positions(shorter));
    written.add(new LogPosition(11, STATE.term()));

    MemoryFiles files = SampleFolder.disk(torn, 1);
    Storage storage = SampleFolder.open(files);
    storage.write(write);
    storage.sync();
    files.losePower();

    assertThat(positions(SampleFolder.open(files).stored())).isEqualTo(written);
  }

  @Test
  void whatWasCutDoesNotComeBackWithHalfOfTheNextWrite() throws Exception {
    Map<Path, byte[]> torn =
        with(killed, LAST, bytes -> Arrays.fill(bytes, start, start + 20, (byte) 0));
    Set<String> outcomes = new TreeSet<>();

    for (int seed = 0; seed < 300; seed++) {
      MemoryFiles files = SampleFolder.disk(torn, seed);
      Storage storage = SampleFolder.open(files);
      storage.write(new Persist(STATE, List.of(entry(11, 1))));
      files.failForceAfter(0);
      assertThatThrownBy(storage::sync).isInstanceOf(IOException.class);
      files.losePower();
      outcomes.add(SampleFolder.open(files).stored().entries().size() + " entries");
    }

    assertThat(outcomes).containsExactly("7 entries", "8 entries");
  }

  private static List<LogPosition> positions(Stored stored) {
    return stored.entries().stream().map(each -> each.position()).toList();
  }
}
