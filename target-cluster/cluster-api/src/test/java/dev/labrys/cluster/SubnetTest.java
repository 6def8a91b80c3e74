package dev.labrys.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubnetTest {

  @Test
  void aClusterMayChooseFromTheRangeForTests() {
    List<Subnet> choice = Subnet.choice(-7);

    assertThat(choice).hasSize(512).doesNotHaveDuplicates();
    assertThat(choice).allMatch(each -> each.overlaps(one("198.18.0.0/15")));
    assertThat(choice.getFirst()).hasToString("198.19.249.0/24");
    assertThat(choice.getFirst().address(11)).isEqualTo("198.19.249.11");
    assertThat(new HashSet<>(Subnet.choice(3))).isEqualTo(new HashSet<>(choice));
  }

  @Test
  void rangesOverlapIfOneHasAnAddressOfTheOther() {
    assertThat(one("10.0.0.0/8").overlaps(one("10.1.2.0/24"))).isTrue();
    assertThat(one("10.1.2.0/24").overlaps(one("10.0.0.0/8"))).isTrue();
    assertThat(one("10.1.2.0/24").overlaps(one("10.1.3.0/24"))).isFalse();
    assertThat(one("192.168.7.9/24").overlaps(one("192.168.7.0/25"))).isTrue();
    assertThat(one("0.0.0.0/0").overlaps(one("192.168.7.0/25"))).isTrue();
  }

  @Test
  void othersAreNoRanges() {
    assertThat(Subnet.parse("fe80::/10")).isEmpty();
    assertThat(Subnet.parse("")).isEmpty();
    assertThat(Subnet.parse("1.2.3.4")).isEmpty();
  }

  @Test
  void theLoopbackIsOfThisMachine() {
    assertThat(Subnet.ofThisMachine()).anyMatch(each -> each.overlaps(one("127.0.0.1/32")));
  }

  private static Subnet one(String text) {
    return Subnet.parse(text).getFirst();
  }
}
