package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.raft.RaftOptions.Fsync;
import dev.labrys.raft.RaftOptions.Reads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RaftOptionsTest {

  @Test
  void theDefaultsAreSane() {
    assertThat(RaftOptions.DEFAULTS.isUnsafe()).isFalse();
    assertThat(RaftOptions.DEFAULTS.warnings()).isEmpty();
    assertThat(RaftOptions.parse(List.of())).isEqualTo(RaftOptions.DEFAULTS);
  }

  @Test
  void everyOptionIsPrintedAsItIsWritten() {
    assertThat(RaftOptions.DEFAULTS.text())
        .isEqualTo(
            "heartbeat=100ms election-min=400ms election-max=800ms pre-vote=true check-quorum=true"
                + " no-op=true reads=index batch-entries=1000 batch-bytes=1m pipeline=64"
                + " snapshot-entries=10000 snapshot-chunk=64k waiting-requests=10000"
                + " lease-permille=900 fsync=always");
  }

  @Test
  void everyOptionIsReadAsItIsPrinted() {
    RaftOptions others =
        new RaftOptions(
            1_500_000,
            7_000_000_001L,
            120_000_000_000L,
            false,
            true,
            true,
            Reads.LEASE,
            2,
            3,
            4,
            0,
            5 << 20,
            6,
            7,
            Fsync.NEVER);

    assertThat(RaftOptions.parse(others.keyValues())).isEqualTo(others);
    assertThat(others.text())
        .startsWith("heartbeat=1500us election-min=7000000001ns election-max=120s pre-vote=false")
        .contains(" batch-bytes=3 ", " snapshot-chunk=5m ", " snapshot-entries=0 ");
  }

  @Test
  void optionsTogetherAreJudgedOnceAllAreThere() {
    RaftOptions slow =
        RaftOptions.parse(List.of("heartbeat=1s", "election-max=10s", "election-min=4s"));

    assertThat(slow.heartbeatNanos()).isEqualTo(1_000_000_000L);
    assertThat(slow.electionMinNanos()).isEqualTo(4_000_000_000L);
    assertThat(slow.electionMaxNanos()).isEqualTo(10_000_000_000L);
  }

  @Test
  void ofTwoValuesForOneKeyTheLatterIsTaken() {
    assertThat(RaftOptions.parse(List.of("pipeline=1", "pipeline=2")).pipeline()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeat, 50ms, heartbeat=50ms",
    "heartbeat, 000050MS, heartbeat=50ms",
    "election-max, 1m, election-max=60s",
    "election-max, 1500ms, election-max=1500ms",
    "batch-bytes, 4096, batch-bytes=4k",
    "batch-bytes, 1M, batch-bytes=1m",
    "snapshot-chunk, 100, snapshot-chunk=100",
    "reads, Lease, reads=lease",
    "pre-vote, FALSE, pre-vote=false",
    "waiting-requests, 1, waiting-requests=1",
  })
  void aValueIsReadAsPeopleWriteIt(String key, String value, String printed) {
    assertThat(RaftOptions.DEFAULTS.with(key, value).keyValues()).contains(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "heartbeat=100 | heartbeat=100 is wrong; write a time such as 50ms or 1s",
        "heartbeat= | heartbeat= is wrong; write a time such as 50ms or 1s",
        "heartbeat=-1ms | heartbeat=-1ms is wrong; write a time such as 50ms or 1s",
        "heartbeat=1ns | heartbeat=1ns is out of bounds; it may be from 1us to 3600s",
        "election-max=2000000m | is out of bounds; it may be from 1us to 3600s",
        "pipeline=0 | pipeline=0 is out of bounds; it may be from 1 to 10000",
        "pipeline=1k | pipeline=1k is wrong; write a number from 1 to 10000",
        "lease-permille=1000 | lease-permille=1000 is out of bounds; it may be from 1 to 999",
        "batch-bytes=1g | batch-bytes=1g is wrong; write a size up to 64m such as 4096, 64k or 1m",
        "batch-bytes=99m | batch-bytes=99m is out of bounds; it may be from 1 to 64m",
        "batch-bytes=999999999999m | is out of bounds; it may be from 1 to 64m",
        "pre-vote=yes | pre-vote=yes is wrong; write false or true",
        "reads=stale | reads=stale is wrong; write index, lease, log or local",
        "fsync | 'fsync' must be written key=value, for example heartbeat=100ms",
        "heart-beat=1s | there is no option 'heart-beat'; did you mean heartbeat? Known are heart",
        "no_op=false | there is no option 'no_op'; did you mean no-op? Known are heartbeat, elect",
        "prevote=true | did you mean pre-vote?",
        "election=1s | did you mean election-min or election-max?",
        "x=1 | there is no option 'x'. Known are heartbeat, election-min, election-max, pre-vote",
      })
  void whatCantBeUnderstoodIsExplained(String keyValue, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RaftOptions.parse(List.of(keyValue)))
        .withMessageContaining(message)
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "heartbeat=400ms | heartbeat=400ms must be shorter than election-min=400ms, or servers"
            + " stand",
        "election-min=900ms | election-min=900ms must not be longer than election-max=800ms: every",
        "no-op=false | reads=index needs no-op=true: before an entry of its own term is committed,",
        "check-quorum=false reads=lease | reads=lease needs check-quorum=true: a lease is",
        "no-op=false reads=lease | reads=lease needs no-op=true",
      })
  void whatCantBeHadTogetherIsExplained(String keyValues, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RaftOptions.parse(List.of(keyValues.split(" ", -1))))
        .withMessageContaining(message)
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reads=local", "fsync=never"})
  void whatIsUnsafeIsSaid(String keyValue) {
    RaftOptions options = RaftOptions.parse(List.of(keyValue));

    assertThat(options.isUnsafe()).isTrue();
    assertThat(options.warnings()).singleElement().asString().startsWith(keyValue + " is unsafe");
  }

  @ParameterizedTest
  @CsvSource({
    "heartbeat=250ms, election-min=400ms is less than twice heartbeat=250ms",
    "election-max=420ms, election-max=420ms is hardly longer than election-min=400ms",
    "no-op=false reads=log, no-op=false: what an earlier leader left is not committed",
  })
  void whatIsUnwiseIsSaid(String keyValues, String warning) {
    RaftOptions options = RaftOptions.parse(List.of(keyValues.split(" ", -1)));

    assertThat(options.isUnsafe()).isFalse();
    assertThat(options.warnings()).singleElement().asString().startsWith(warning);
  }

  @Test
  void theKeysExplainThemselves() {
    assertThat(RaftOptions.keys()).hasSize(15).containsKeys("heartbeat", "reads", "fsync");
    assertThat(RaftOptions.keys())
        .containsEntry(
            "reads",
            "how reads are answered; local is unsafe: its answers may be stale"
                + " (index, lease, log or local)");
    assertThat(RaftOptions.keys().values()).allMatch(line -> line.length() < 110);
    assertThat(RaftOptions.DEFAULTS.keyValues())
        .extracting(keyValue -> keyValue.substring(0, keyValue.indexOf('=')))
        .containsExactlyElementsOf(RaftOptions.keys().keySet());
  }
}
