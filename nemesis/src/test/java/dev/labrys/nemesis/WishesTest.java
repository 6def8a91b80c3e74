package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.WallClock;
import dev.labrys.cluster.Way;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class WishesTest {
  private static final NodeId N1 = NodeId.numbered(1);
  private static final NodeId N2 = NodeId.numbered(2);
  private static final NodeId N3 = NodeId.numbered(3);
  private static final List<NodeId> NODES = List.of(N1, N2, N3);

  private static Wishes wishes(String... faults) {
    return Wishes.of(NODES, Arrays.stream(faults).map(Fault::parse).toList());
  }

  private static Wishes.Life life(NodeId node, String... faults) {
    return lot(node, wishes(faults)).life();
  }

  private static Wishes.Lot lot(NodeId node, Wishes wishes) {
    return Objects.requireNonNull(wishes.lots().get(node));
  }

  @Test
  void withoutFaultsNothingIsUnusual() {
    assertThat(wishes().passages()).isEmpty();
    assertThat(wishes().lots())
        .containsOnlyKeys(N1, N2, N3)
        .allSatisfy((_, lot) -> assertThat(lot).isEqualTo(Wishes.Lot.USUAL));
  }

  @Test
  void theWorstThatIsWishedForANodeCounts() {
    assertThat(life(N1, "pause:target=n1")).isEqualTo(Wishes.Life.PAUSED);
    assertThat(life(N1, "pause:target=n1+n2", "kill:target=n1")).isEqualTo(Wishes.Life.KILLED);
    assertThat(life(N2, "pause:target=n1+n2", "kill:target=n1")).isEqualTo(Wishes.Life.PAUSED);
    assertThat(life(N3, "power-loss:target=n3", "pause:target=n3"))
        .isEqualTo(Wishes.Life.POWERLESS);
  }

  @Test
  void theOrderOfFaultsMeansNothing() {
    assertThat(wishes("kill:target=n1", "latency:target=n2,delay=5ms,jitter=0s", "cut:n1=n2"))
        .isEqualTo(wishes("cut:n1=n2", "kill:target=n1", "latency:target=n2,delay=5ms,jitter=0s"));
  }

  @Test
  void messagesOfTheTargetAreLost() {
    Passage.Unreliable passage =
        new Passage.Unreliable(new Passage.Chances(100_000, 50_000, 0), 5_000_000, 31_000_000);

    assertThat(
            wishes(
                    "unreliable:target=n1,drop=10%,duplicate=5%,reorder=0%,delay=0s..26ms",
                    "latency:target=n1,delay=5ms,jitter=0s")
                .passages())
        .isEqualTo(Map.of(Way.between(N1, N2), passage, Way.between(N1, N3), passage));
  }

  @Test
  void packetsOfTheTargetAreLost() {
    Passage some = new Passage.Lossy(200_000, 0, 0);
    Passage more = new Passage.Lossy(500_000, 5_000_000, 1_000_000);

    assertThat(
            wishes(
                    "lose-packets:target=n1+n2,share=20%",
                    "lose-packets:target=n1,share=50%", "latency:target=n1,delay=5ms,jitter=1ms")
                .passages())
        .isEqualTo(
            Map.of(
                Way.between(N1, N2), more,
                Way.between(N1, N3), more,
                Way.between(N2, N1), some,
                Way.between(N2, N3), some));
  }

  @Test
  void isolationHasDirections() {
    assertThat(wishes("isolate:target=n1,direction=inbound").passages().keySet())
        .containsExactlyInAnyOrder(Way.between(N2, N1), Way.between(N3, N1));
    assertThat(wishes("isolate:target=n1,direction=outbound").passages().keySet())
        .containsExactlyInAnyOrder(Way.between(N1, N2), Way.between(N1, N3));
    assertThat(wishes("isolate:target=n1+n2,direction=both").passages().keySet())
        .containsExactlyInAnyOrder(
            Way.between(N1, N3), Way.between(N3, N1), Way.between(N2, N3), Way.between(N3, N2));
  }

  @Test
  void delaysAddUpAndACutIsACut() {
    String slow = "latency:target=n1,delay=5ms,jitter=1ms";

    assertThat(wishes(slow, slow, "cut:n2=n1").passages())
        .isEqualTo(
            Map.of(
                Way.between(N1, N2),
                Passage.Shut.HELD,
                Way.between(N1, N3),
                new Passage.Late(10_000_000, 2_000_000)));
  }

  @Test
  void clientsAreCutOffBothWays() {
    assertThat(wishes("cut-clients:target=n2").passages())
        .isEqualTo(Map.of(Way.toNode(N2), Passage.Shut.HELD, Way.toClients(N2), Passage.Shut.HELD));
  }

  @Test
  void whatIsAroundANodeAddsUp() {
    Wishes wishes =
        wishes(
            "clock-jump:target=n1,offset=5s",
            "clock-jump:target=n1,offset=-2s",
            "disk-full:target=n1");

    assertThat(lot(N1, wishes).surroundings())
        .isEqualTo(
            Surroundings.USUAL.with(WallClock.ahead(3_000_000_000L)).with(Surroundings.Disk.FULL));
    assertThat(wishes.lots().get(N2)).isEqualTo(Wishes.Lot.USUAL);
  }

  @Test
  void theWorstOfADiskCountsAndDelaysAddUp() {
    Wishes wishes =
        wishes(
            "disk-stall:target=n1",
            "disk-error:target=n1",
            "disk-full:target=n1",
            "disk-slow:target=n1,delay=2ms",
            "disk-slow:target=n1,delay=1ms");

    assertThat(lot(N1, wishes).surroundings())
        .isEqualTo(Surroundings.USUAL.with(Surroundings.Disk.FAILING).withSyncDelay(3_000_000));
  }

  @Test
  void faultsMustNameNodesThatAreThere() {
    assertThatIllegalArgumentException().isThrownBy(() -> wishes("kill:target=leader"));
    assertThatIllegalArgumentException().isThrownBy(() -> wishes("split:layout=halves"));
  }
}
