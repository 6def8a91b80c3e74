package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class WayTest {
  private static final NodeId N1 = NodeId.numbered(1);

  @Test
  void itIsWrittenAsAnArrow() {
    assertThat(Way.between(N1, NodeId.numbered(2))).hasToString("n1>n2");
    assertThat(Way.toNode(N1)).hasToString("clients>n1");
    assertThat(Way.toClients(N1)).hasToString("n1>clients");
  }

  @Test
  void itLeadsSomewhereElse() {
    assertThatIllegalArgumentException().isThrownBy(() -> Way.between(N1, N1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Way(new Party.Clients(), new Party.Clients()));
  }

  @Test
  void ofSeveralPassagesTheWorstCounts() {
    Passage late = new Passage.Late(5, 1);

    assertThat(late.and(new Passage.Late(7, 0))).isEqualTo(new Passage.Late(12, 1));
    assertThat(late.and(Passage.Shut.HELD)).isEqualTo(Passage.Shut.HELD);
    assertThat(Passage.Shut.HELD.and(late)).isEqualTo(Passage.Shut.HELD);
    assertThat(Passage.Shut.HELD.and(Passage.Shut.RESET)).isEqualTo(Passage.Shut.RESET);
    assertThat(Passage.Shut.RESET.and(Passage.Shut.HELD)).isEqualTo(Passage.Shut.RESET);
  }

  @Test
  void chancesDontAddUpButDelaysDo() {
    Passage one = new Passage.Unreliable(new Passage.Chances(7, 2, 0), 5, 9);
    Passage other = new Passage.Unreliable(new Passage.Chances(3, 4, 1), 0, 2);
    Passage late = new Passage.Late(10, 1);

    assertThat(one.and(other))
        .isEqualTo(other.and(one))
        .isEqualTo(new Passage.Unreliable(new Passage.Chances(7, 4, 1), 5, 11));
    assertThat(one.and(late))
        .isEqualTo(late.and(one))
        .isEqualTo(new Passage.Unreliable(new Passage.Chances(7, 2, 0), 14, 20));
    assertThat(one.and(Passage.Shut.HELD))
        .isEqualTo(Passage.Shut.HELD.and(one))
        .isEqualTo(Passage.Shut.HELD);
  }

  @Test
  void ofPacketsTheGreaterPartIsLost() {
    Passage one = new Passage.Lossy(300, 0, 0);
    Passage other = new Passage.Lossy(200, 10, 2);
    Passage late = new Passage.Late(5, 1);

    assertThat(one.and(other)).isEqualTo(other.and(one)).isEqualTo(new Passage.Lossy(300, 10, 2));
    assertThat(other.and(late)).isEqualTo(late.and(other)).isEqualTo(new Passage.Lossy(200, 15, 3));
    assertThat(one.and(Passage.Shut.HELD))
        .isEqualTo(Passage.Shut.HELD.and(one))
        .isEqualTo(Passage.Shut.HELD);
  }

  @Test
  void whoLosesMessagesLosesNoPackets() {
    Passage.Chances chances = new Passage.Chances(7, 2, 0);
    Passage messages = new Passage.Unreliable(chances, 5, 9);
    Passage packets = new Passage.Lossy(300, 10, 2);

    assertThat(messages.and(packets))
        .isEqualTo(packets.and(messages))
        .isEqualTo(new Passage.Unreliable(chances, 13, 21));
  }

  @Test
  void someOfAMillionPacketsAreLost() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Lossy(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Lossy(1_000_001, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Lossy(1, 2, 3));
  }

  @Test
  void chancesAreOfAMillion() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Chances(1_000_001, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Chances(0, 0, -1));
    Passage.Chances none = new Passage.Chances(0, 0, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Unreliable(none, 3, 2));
  }

  @Test
  void aDelayIsPositiveAndItsJitterNoLonger() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Late(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Late(5, 6));
    assertThatIllegalArgumentException().isThrownBy(() -> new Passage.Late(5, -1));
  }
}
