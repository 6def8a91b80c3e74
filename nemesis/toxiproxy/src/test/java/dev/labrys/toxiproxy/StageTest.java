package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What each toxic does to a stream, exactly: on a clock that the test moves.
final class StageTest {
  private static final long MILLI = 1_000_000;
  private static final long AMPLE = 1L << 40;

  private final Pipe in = new Pipe();
  private final Outlet out = new Outlet(new Pipe(), AMPLE);

  private static Stage stage(ToxicType type, Object... attributes) {
    Map<String, Long> values = new LinkedHashMap<>(type.zeroAttributes().values());
    for (int i = 0; i < attributes.length; i += 2) {
      values.put((String) attributes[i], ((Integer) attributes[i + 1]).longValue());
    }
    return type.stage(
        new Attributes(values, type.zeroAttributes().words()), new SplittableRandom(1));
  }

  private void arrives(String text, long atMillis) {
    in.put(Chunk.copyOf(StandardCharsets.UTF_8.encode(text), atMillis * MILLI));
  }

  /// What has left, with a bar between pieces, and a full stop at the end.
  private String left() {
    StringBuilder text = new StringBuilder();
    while (!out.pipe().isEmpty()) {
      text.append(text.isEmpty() ? "" : "|");
      text.append(StandardCharsets.UTF_8.decode(out.pipe().take().bytes()));
    }
    return text.append(out.pipe().isEnded() ? "." : "").toString();
  }

  @Test
  void latencyKeepsTheDistanceBetweenChunks() {
    Stage latency = stage(ToxicType.LATENCY, "latency", 10);
    arrives("a", 0);
    arrives("b", 7);
    in.end(7 * MILLI);

    long first = latency.flow(in, out, 9 * MILLI);
    String early = left();
    long second = latency.flow(in, out, 10 * MILLI);
    String then = left();
    latency.flow(in, out, 17 * MILLI);

    assertThat(first).isEqualTo(10 * MILLI);
    assertThat(early).isEmpty();
    assertThat(second).isEqualTo(17 * MILLI);
    assertThat(then).isEqualTo("a");
    assertThat(left()).isEqualTo("b.");
  }

  @Test
  void twoLatenciesAddUpHoweverLateTheyAreAsked() {
    Stage first = stage(ToxicType.LATENCY, "latency", 10);
    Stage second = stage(ToxicType.LATENCY, "latency", 20);
    Pipe between = new Pipe();
    arrives("a", 0);

    first.flow(in, new Outlet(between, AMPLE), 13 * MILLI);

    assertThat(second.flow(between, out, 13 * MILLI)).isEqualTo(30 * MILLI);
  }

  @Test
  void jitterStaysWithinItsBoundsAndVaries() {
    LinkedHashMap<Long, Boolean> dues = new LinkedHashMap<>();
    for (int seed = 0; seed < 100; seed++) {
      Attributes attributes = new Attributes(Map.of("latency", 10L, "jitter", 4L));
      Pipe pipe = new Pipe();
      pipe.put(Chunk.copyOf(StandardCharsets.UTF_8.encode("x"), 0));
      dues.put(new Latency(attributes, new SplittableRandom(seed)).flow(pipe, out, 0), true);
    }

    assertThat(dues.keySet()).hasSizeGreaterThan(50).allMatch(due -> due >= 6 * MILLI);
    assertThat(dues.keySet()).allMatch(due -> due < 14 * MILLI).anyMatch(due -> due < 8 * MILLI);
  }

  @Test
  void latencyBelowNothingIsNothing() {
    arrives("a", 5);

    stage(ToxicType.LATENCY, "latency", -10).flow(in, out, 5 * MILLI);

    assertThat(left()).isEqualTo("a");
  }

  @Test
  void anUpdateLetsGoOfTheChunkInHand() {
    Stage latency = stage(ToxicType.LATENCY, "latency", 10);
    arrives("a", 0);
    arrives("b", 0);
    latency.flow(in, out, 0);

    latency.letGo(in, out);

    assertThat(left()).isEqualTo("a");
    assertThat(in.isEmpty()).isFalse();
  }

  @Test
  void delayIsForTheEndToo() {
    Stage delay = stage(ToxicType.DELAY, "delay", 10);
    arrives("a", 0);
    in.end(7 * MILLI);

    delay.flow(in, out, 10 * MILLI);
    String then = left();
    long end = delay.flow(in, out, 16 * MILLI);
    delay.flow(in, out, 17 * MILLI);

    assertThat(then).isEqualTo("a");
    assertThat(end).isEqualTo(17 * MILLI);
    assertThat(left()).isEqualTo(".");
  }

  @Test
  void delayHasRoomForWhatItIsTold() {
    assertThat(stage(ToxicType.DELAY, "buffer", 5).capacity()).isEqualTo(5);
    assertThat(stage(ToxicType.DELAY).capacity()).isEqualTo(1 << 26);
  }

  @Test
  void bandwidthHoldsAChunkForAsLongAsItsBytesTake() {
    Stage bandwidth = stage(ToxicType.BANDWIDTH, "rate", 2);
    arrives("0123456789", 0);

    long due = bandwidth.flow(in, out, 3 * MILLI);
    bandwidth.flow(in, out, 8 * MILLI);

    assertThat(due).isEqualTo(8 * MILLI);
    assertThat(left()).isEqualTo("0123456789");
  }

  @Test
  void bandwidthTrickles() {
    Stage bandwidth = stage(ToxicType.BANDWIDTH, "rate", 1);
    arrives("x".repeat(250), 0);
    in.end(0);

    bandwidth.flow(in, out, 0);
    bandwidth.flow(in, out, 100 * MILLI);
    String first = left();
    bandwidth.flow(in, out, 200 * MILLI);
    String second = left();
    bandwidth.flow(in, out, 250 * MILLI);

    assertThat(first).hasSize(100);
    assertThat(second).hasSize(100);
    assertThat(left()).isEqualTo("x".repeat(50) + ".");
  }

  @Test
  void bandwidthMakesUpForLostTime() {
    Stage bandwidth = stage(ToxicType.BANDWIDTH, "rate", 1);
    arrives("x".repeat(20), 0);
    arrives("y".repeat(20), 0);
    bandwidth.flow(in, out, 0);

    long second = bandwidth.flow(in, out, 25 * MILLI);

    assertThat(second).isEqualTo(40 * MILLI);
  }

  @Test
  void bandwidthOfNothingKeepsEverythingEvenAtAnUpdate() {
    for (int rate : new int[] {0, -5}) {
      Stage bandwidth = stage(ToxicType.BANDWIDTH, "rate", rate);
      arrives("a", 0);
      in.end(0);

      long due = bandwidth.flow(in, out, 1000 * MILLI);
      bandwidth.letGo(in, out);

      assertThat(due).isEqualTo(Stage.NEVER);
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void slowCloseHoldsOnlyTheEnd() {
    Stage slow = stage(ToxicType.SLOW_CLOSE, "delay", 10);
    arrives("a", 0);

    slow.flow(in, out, 0);
    String before = left();
    in.end(5 * MILLI);
    long due = slow.flow(in, out, 5 * MILLI);
    slow.flow(in, out, 14 * MILLI);
    String early = left();
    slow.flow(in, out, 15 * MILLI);

    assertThat(before).isEqualTo("a");
    assertThat(due).isEqualTo(15 * MILLI);
    assertThat(early).isEmpty();
    assertThat(left()).isEqualTo(".");
  }

  @Test
  void timeoutCountsFromTheLastDataItSwallowed() {
    Stage timeout = stage(ToxicType.TIMEOUT, "timeout", 10);

    long first = timeout.flow(in, out, 0);
    arrives("a", 4);
    long second = timeout.flow(in, out, 4 * MILLI);
    long third = timeout.flow(in, out, 13 * MILLI);
    String early = left();
    timeout.flow(in, out, 14 * MILLI);

    assertThat(first).isEqualTo(10 * MILLI);
    assertThat(second).isEqualTo(14 * MILLI);
    assertThat(third).isEqualTo(14 * MILLI);
    assertThat(early).isEmpty();
    assertThat(left()).isEqualTo(".");
  }

  @Test
  void timeoutOfNothingLastsForEver() {
    Stage timeout = stage(ToxicType.TIMEOUT);
    arrives("a", 0);

    assertThat(timeout.flow(in, out, 0)).isEqualTo(Stage.NEVER);
    assertThat(left()).isEmpty();
    in.end(0);
    timeout.flow(in, out, 0);
    assertThat(left()).isEqualTo(".");
  }

  @Test
  void slicerCutsUntilNoPieceIsTooLong() {
    Stage slicer = stage(ToxicType.SLICER, "average_size", 4, "size_variation", 1);
    arrives("abcdefghijklmnopqrstuvwxyz", 0);
    arrives("short", 0);

    slicer.flow(in, out, 0);

    String pieces = left();
    assertThat(pieces.replace("|", "")).isEqualTo("abcdefghijklmnopqrstuvwxyzshort");
    assertThat(pieces.split("\\|", -1)).allMatch(piece -> piece.length() <= 5);
    assertThat(pieces).endsWith("|short");
  }

  @Test
  void slicerRestsAfterEachPiece() {
    Stage slicer = stage(ToxicType.SLICER, "average_size", 2, "delay", 7);
    arrives("abcd", 0);
    in.end(0);

    long first = slicer.flow(in, out, 0);
    String one = left();
    long second = slicer.flow(in, out, 7_000);
    String two = left();
    slicer.flow(in, out, 14_000);

    assertThat(first).isEqualTo(7_000);
    assertThat(one).isEqualTo("ab");
    assertThat(second).isEqualTo(14_000);
    assertThat(two).isEqualTo("cd");
    assertThat(left()).isEqualTo(".");
  }

  @Test
  void slicerTakesEveryNumber() {
    int[][] numbers = {
      {0, 0}, {-1, -1}, {10, 100}, {1, Integer.MAX_VALUE}, {Integer.MAX_VALUE, Integer.MAX_VALUE}
    };
    for (int[] number : numbers) {
      Stage slicer =
          stage(ToxicType.SLICER, "average_size", number[0], "size_variation", number[1]);
      arrives("x".repeat(1000), 0);

      slicer.flow(in, out, 0);

      assertThat(left().replace("|", "")).hasSize(1000);
    }
  }

  @Test
  void limitDataEndsAtExactlyThatManyBytes() {
    Stage limit = stage(ToxicType.LIMIT_DATA, "bytes", 5);
    arrives("abc", 0);
    arrives("defg", 0);

    limit.flow(in, out, 0);

    assertThat(left()).isEqualTo("abc|de.");
    assertThat(in.isEmpty()).isTrue();
  }

  @Test
  void limitDataOfNothingEndsAtTheFirstData() {
    Stage limit = stage(ToxicType.LIMIT_DATA);

    limit.flow(in, out, 0);
    String before = left();
    arrives("a", 0);
    limit.flow(in, out, 0);

    assertThat(before).isEmpty();
    assertThat(left()).isEqualTo(".");
  }

  @Test
  void limitDataGoesOnCountingAfterAnUpdate() {
    Stage limit = stage(ToxicType.LIMIT_DATA, "bytes", 5);
    arrives("abc", 0);
    limit.flow(in, out, 0);
    Stage updated = stage(ToxicType.LIMIT_DATA, "bytes", 4);
    updated.follow(limit);
    arrives("def", 0);

    updated.flow(in, out, 0);

    assertThat(left()).isEqualTo("abc|d.");
  }

  @Test
  void resetPeerWaitsForTheFirstData() {
    Stage reset = stage(ToxicType.RESET_PEER, "timeout", 10);

    long before = reset.flow(in, out, 0);
    arrives("a", 5);
    long due = reset.flow(in, out, 5 * MILLI);
    boolean early = out.pipe().isReset();
    reset.flow(in, out, 15 * MILLI);

    assertThat(before).isEqualTo(Stage.NEVER);
    assertThat(due).isEqualTo(15 * MILLI);
    assertThat(early).isFalse();
    assertThat(out.pipe().isReset()).isTrue();
  }

  @Test
  void holdKeepsEverythingAndTheEnd() {
    Stage hold = stage(ToxicType.HOLD);
    arrives("a", 0);
    in.end(0);

    assertThat(hold.flow(in, out, 1000 * MILLI)).isEqualTo(Stage.NEVER);
    assertThat(left()).isEmpty();
    assertThat(in.isEmpty()).isFalse();
    assertThat(in.isFull(hold.capacity())).isTrue();
  }

  @Test
  void blackholeSwallowsEverythingAndTheEnd() {
    Stage blackhole = stage(ToxicType.BLACKHOLE);
    arrives("a", 0);
    in.end(0);

    blackhole.flow(in, out, 0);

    assertThat(left()).isEmpty();
    assertThat(in.isEmpty()).isTrue();
    assertThat(blackhole.isTorn()).isTrue();
  }

  @Test
  void aStageWaitsForRoom() {
    for (ToxicType type : ToxicType.values()) {
      Pipe narrow = new Pipe();
      narrow.put(Chunk.copyOf(StandardCharsets.UTF_8.encode("full"), 0));
      Pipe full = new Pipe();
      full.put(Chunk.copyOf(StandardCharsets.UTF_8.encode("a"), 0));

      stage(type).flow(full, new Outlet(narrow, Stage.ONE_CHUNK), 0);

      assertThat(narrow.take().size()).as(type.word()).isEqualTo(4);
      assertThat(narrow.isEmpty()).as(type.word()).isTrue();
    }
  }

  @Test
  void whatIsTooLateNeverComes() {
    assertThat(Stage.after(5, Long.MAX_VALUE)).isEqualTo(Stage.NEVER);
    assertThat(Stage.after(5, -1)).isEqualTo(5);
    assertThat(Stage.after(5, 1)).isEqualTo(1_000_005);
  }
}
