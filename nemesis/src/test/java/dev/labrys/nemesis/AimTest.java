package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.NodeId;
import dev.labrys.history.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AimTest {
  private static final int ROUNDS = 200;
  private static final NodeId N3 = NodeId.numbered(3);

  private final Seed seed = new Seed(17);

  private static List<NodeId> nodes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(NodeId::numbered).toList();
  }

  private Fault take(int nodes, String fault, int round) throws MissedException {
    return new Aim(nodes(nodes), seed.stream(fault + round))
        .take(Fault.parse(fault), Optional.of(N3));
  }

  @ParameterizedTest
  @CsvSource({
    "one, 5, 1",
    "minority, 3, 1",
    "minority, 4, 1",
    "minority, 5, 2",
    "majority, 4, 3",
    "majority, 5, 3",
    "all, 5, 5",
    "leader, 5, 1",
    "followers, 5, 4",
    "majority-with-leader, 5, 3",
    "majority-with-leader, 4, 3"
  })
  void rolesBecomeNodes(String role, int nodes, int hit) throws MissedException {
    Set<Set<NodeId>> drawn = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Fault aimed = take(nodes, "kill:target=" + role, round);
      drawn.add(aimed.hit());
      assertThat(aimed.hit()).hasSize(hit);
      assertThat(Fault.parse(aimed.text())).isEqualTo(aimed);
      if (role.endsWith("leader")) {
        assertThat(aimed.hit()).contains(N3);
      }
      assertThat(aimed.hit().contains(N3) && role.equals("followers")).isFalse();
    }
    boolean isFixed = hit == nodes || role.equals("leader") || role.equals("followers");
    assertThat(drawn.size() == 1).isEqualTo(isFixed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill:target=leader",
        "pause:target=followers",
        "kill:target=majority-with-leader"
      })
  void whoHitsTheLeaderMissesIfNobodyLeads(String text) {
    Fault fault = Fault.parse(text);
    Aim aim = new Aim(nodes(3), seed.stream("aim"));

    assertThat(Aim.needsLeader(fault)).isTrue();
    assertThatThrownBy(() -> aim.take(fault, Optional.empty()))
        .isInstanceOf(MissedException.class)
        .hasMessage("nobody leads");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill:target=one", "split:layout=halves", "pause:target=n3"})
  void othersNeedNoLeader(String text) {
    assertThat(Aim.needsLeader(Fault.parse(text))).isFalse();
  }

  @Test
  void targetsAreDrawnAsOftenAsTheyWeigh() throws MissedException {
    int leaders = 0;
    int pairs = 0;
    for (int round = 0; round < 1_000; round++) {
      SortedSet<NodeId> hit = take(5, "kill:target=leader*3/n4+n5", round).hit();
      leaders += hit.equals(new TreeSet<>(Set.of(N3))) ? 1 : 0;
      pairs += hit.equals(new TreeSet<>(nodes(5).subList(3, 5))) ? 1 : 0;
    }

    assertThat(leaders + pairs).isEqualTo(1_000);
    assertThat(leaders).isBetween(680, 820);
    assertThat(Aim.needsLeader(Fault.parse("kill:target=n1/leader"))).isTrue();
    assertThat(Aim.needsLeader(Fault.parse("kill:target=n1/one"))).isFalse();
  }

  @Test
  void leadershipGoesToSomebodyElse() throws MissedException {
    Set<NodeId> led = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      led.addAll(take(5, "transfer:target=one", round).hit());
      assertThat(take(5, "transfer:target=n3+n4", round).text()).isEqualTo("transfer:target=n4");
    }

    assertThat(led).hasSize(4).doesNotContain(N3);
    assertThatThrownBy(() -> take(5, "transfer:target=n3", 0)).isInstanceOf(MissedException.class);
    assertThatThrownBy(() -> take(3, "remove:target=all", 0)).isInstanceOf(MissedException.class);
  }

  @Test
  void nobodyCanBeCutOffNobody() {
    assertThatThrownBy(() -> take(3, "isolate:target=all,direction=both", 0))
        .isInstanceOf(MissedException.class);
    assertThatThrownBy(() -> take(1, "split:layout=halves", 0)).isInstanceOf(MissedException.class);
    assertThatThrownBy(() -> take(2, "split:layout=chain", 0)).isInstanceOf(MissedException.class);
  }

  /// By layout and size: how many links are cut, and the sizes of what nodes hear, themselves
  /// included.
  @ParameterizedTest
  @CsvSource({
    "halves, 5, 12, 2 2 3 3 3",
    "halves, 4, 8, 2 2 2 2",
    "bridge, 5, 8, 3 3 3 3 5",
    "bridge, 3, 2, 2 2 3",
    "majorities-ring, 5, 10, 3 3 3 3 3",
    "majorities-ring, 3, 3, 2 2 2",
    "majorities-ring, 7, 21, 4 4 4 4 4 4 4",
    "chain, 5, 12, 2 2 3 3 3",
    "star, 5, 12, 2 2 2 2 5",
    "pairs, 5, 4, 4 4 4 4 5",
    "pairs, 3, 2, 2 2 3"
  })
  void layoutsCutWhatTheySay(String layout, int count, int links, String heard)
      throws MissedException {
    for (int round = 0; round < ROUNDS; round++) {
      SortedMap<NodeId, SortedSet<NodeId>> deafTo = split(layout, count, round);

      List<String> sizes =
          nodes(count).stream()
              .map(node -> count - deafTo.getOrDefault(node, new TreeSet<>()).size())
              .sorted()
              .map(String::valueOf)
              .toList();
      assertThat(String.join(" ", sizes)).isEqualTo(heard);
      assertThat(deafTo.values().stream().mapToInt(Set::size).sum()).isEqualTo(links);
    }
  }

  private SortedMap<NodeId, SortedSet<NodeId>> split(String layout, int count, int round)
      throws MissedException {
    return ((Fault.Cut) take(count, "split:layout=" + layout, round)).deafTo();
  }

  @Test
  void inARingOfMajoritiesNoTwoHearTheSame() throws MissedException {
    for (int round = 0; round < ROUNDS; round++) {
      SortedMap<NodeId, SortedSet<NodeId>> deafTo = split("majorities-ring", 5, round);

      Set<Set<NodeId>> heard = new HashSet<>();
      for (NodeId node : nodes(5)) {
        Set<NodeId> majority = new HashSet<>(nodes(5));
        majority.removeAll(deafTo.getOrDefault(node, new TreeSet<>()));
        heard.add(majority);
      }
      assertThat(heard).hasSize(5);
    }
  }

  @Test
  void differentDrawsGiveDifferentSplits() throws MissedException {
    Set<Fault> drawn = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      drawn.add(take(5, "split:layout=halves", round));
    }

    assertThat(drawn).hasSize(10);
  }
}
