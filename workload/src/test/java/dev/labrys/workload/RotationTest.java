package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Action;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RotationTest {
  @Test
  void anObjectIsLeftAloneAfterItsActions() {
    Map<Value, Long> counts =
        given(KeyPlan.of(3, 2, 10), 6, 1_000).stream()
            .collect(Collectors.groupingBy(each -> each.action().key(), Collectors.counting()));

    assertThat(counts.values()).allMatch(count -> count <= 10);
    assertThat(counts).hasSizeBetween(100, 120);
  }

  @Test
  void fewClientsShareAnObject() {
    Map<Value, Set<Integer>> clients =
        given(KeyPlan.of(2, 3, 20), 9, 2_000).stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.action().key(),
                    Collectors.mapping(Drive.Given::client, Collectors.toSet())));

    assertThat(clients.values())
        .allMatch(group -> group.stream().map(client -> client / 3).distinct().count() == 1);
    assertThat(clients.values()).anyMatch(group -> group.size() == 3);
  }

  @Test
  void anObjectIsLeftAloneAfterItsLife() {
    Generator generator =
        Generator.keyed(KeyPlan.of(1, KeyPlan.ALL, 1_000).withLife(1_000_000_000L), Scripts.set())
            .paced(Pace.fixed(10));

    Map<Value, Long> counts =
        Drive.of(2, 1).given(generator, 100).stream()
            .collect(Collectors.groupingBy(each -> each.action().key(), Collectors.counting()));

    assertThat(counts).hasSize(10).values().containsOnly(10L);
  }

  @Test
  void thereAreNoMoreThanTheMost() {
    List<Drive.Given> given = given(KeyPlan.of(1, 2, 5).withMost(7), 6, 1_000);

    assertThat(given)
        .extracting(each -> each.action().key())
        .containsOnly(
            Value.of(0),
            Value.of(1),
            Value.of(2),
            Value.of(3),
            Value.of(4),
            Value.of(5),
            Value.of(6));
  }

  @Test
  void whatIsWrittenIsWrittenOnce() {
    List<Drive.Given> given = given(KeyPlan.of(3, 2, 50), 6, 2_000);

    Set<Value> written = new HashSet<>();
    assertThat(given)
        .filteredOn(each -> each.action().function().equals("add"))
        .hasSizeGreaterThan(900)
        .allMatch(each -> written.add(each.action().input()));
  }

  @Test
  void inTheEndAllInUseAreReadAndSomeOfTheOthers() {
    Generator rest = Generator.keyed(KeyPlan.of(2, 3, 4), Scripts.set());
    Set<Value> used = new HashSet<>();
    RandomGenerator random = new Seed(1).stream("workload");
    for (int i = 0; i < 10_000; i++) {
      Generator.Act act = (Generator.Act) rest.next(new Context(i, i % 6, 0, 0), random);
      rest = act.rest();
      used.add(act.action().key());
    }

    List<Action> closing =
        Drive.of(1, 1).given(rest.closing(), 10_000).stream().map(Drive.Given::action).toList();

    assertThat(closing).hasSizeBetween(200, 220).extracting(Action::key).doesNotHaveDuplicates();
    assertThat(used).containsAll(closing.stream().map(Action::key).toList());
    assertThat(closing).extracting(Action::function).containsOnly("read");
  }

  @Test
  void zipfChoosesTheFirstMostOften() {
    RandomGenerator random = new Seed(1).stream("skew");
    int[] counts = new int[10];
    for (int i = 0; i < 29_290; i++) {
      counts[Skew.zipf(1).draw(10, random)]++;
    }

    for (int place = 0; place < counts.length; place++) {
      assertThat(counts[place]).isBetween(9_300 / (place + 1), 10_700 / (place + 1));
    }
  }

  @Test
  void refusesPlansForNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> KeyPlan.of(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyPlan.of(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyPlan.of(1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Skew.zipf(-1));
  }

  private static List<Drive.Given> given(KeyPlan plan, int clients, int actions) {
    return Drive.of(clients, 1).given(Generator.keyed(plan, Scripts.set()), actions);
  }
}
