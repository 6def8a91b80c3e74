package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Action;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
  private static final Context IDLE = new Context(0, 0, 0, 0);

  @Test
  void eachGivesEveryActionOnce() {
    Generator generator = Generator.each(List.of(action("a"), action("b")));

    assertThat(functions(generator, 5)).containsExactly("a", "b");
  }

  @Test
  void askingAgainGivesTheSameAnswer() {
    Generator generator = Generator.counting(number -> action("f" + number));
    generator.next(IDLE, random());

    assertThat(functions(generator, 3)).containsExactly("f0", "f1", "f2");
  }

  @Test
  void limitCountsActionsOnly() {
    Generator generator = Generator.phases(List.of(named("a").limit(1), named("b"))).limit(2);
    Generator.Act first = (Generator.Act) generator.next(IDLE, random());
    Generator.Wait waiting = (Generator.Wait) first.rest().next(new Context(0, 1, 1, 1), random());

    assertThat(functions(waiting.rest(), 5)).containsExactly("b");
  }

  @Test
  void untilStopsAtItsTime() {
    Generator generator = named("a").until(10);

    assertThat(generator.next(new Context(9, 0, 0, 0), random())).isInstanceOf(Generator.Act.class);
    assertThat(generator.next(new Context(10, 0, 0, 0), random())).isEqualTo(new Generator.Done());
  }

  @Test
  void untilWakesAWaitingGenerator() {
    Generator generator = ((Generator) (_, _) -> new Generator.Wait(99, named("a"))).until(10);

    assertThat(generator.next(IDLE, random()))
        .isInstanceOfSatisfying(
            Generator.Wait.class, wait -> assertThat(wait.untilNanos()).isEqualTo(10));
  }

  @Test
  void aPhaseWaitsForTheOperationsOfTheOneBefore() {
    Generator generator =
        Generator.phases(List.of(Generator.none(), Generator.each(List.of(action("b")))));

    assertThat(generator.next(new Context(0, 0, 0, 1), random()))
        .isInstanceOf(Generator.Wait.class);
    assertThat(functions(generator, 5)).containsExactly("b");
  }

  @Test
  void mixDrawsByWeight() {
    Generator generator =
        Generator.mix(
            List.of(
                new Generator.Weighted(3, named("often")),
                new Generator.Weighted(1, named("seldom"))));

    long often = functions(generator, 4_000).stream().filter("often"::equals).count();

    assertThat(often).isBetween(2_850L, 3_150L);
  }

  @Test
  void mixGoesOnWithoutThePartsThatAreDone() {
    Generator generator =
        Generator.mix(
            List.of(
                new Generator.Weighted(1, named("a").limit(2)),
                new Generator.Weighted(1, named("b").limit(3))));

    assertThat(functions(generator, 9)).containsExactlyInAnyOrder("a", "a", "b", "b", "b");
  }

  @Test
  void mixPassesOverPartsThatWait() {
    Generator waiting = (_, _) -> new Generator.Wait(7, Generator.none());
    Generator generator =
        Generator.mix(
            List.of(
                new Generator.Weighted(1_000, waiting),
                new Generator.Weighted(1, named("a").limit(1))));

    assertThat(functions(generator, 1)).containsExactly("a");
    assertThat(Generator.mix(List.of(new Generator.Weighted(1, waiting))).next(IDLE, random()))
        .isInstanceOfSatisfying(
            Generator.Wait.class, wait -> assertThat(wait.untilNanos()).isEqualTo(7));
  }

  @Test
  void concatGoesOnAtOnce() {
    Generator generator =
        Generator.concat(List.of(named("a").limit(2), Generator.none(), named("b").limit(1)));

    assertThat(functions(generator, 9)).containsExactly("a", "a", "b");
  }

  @Test
  void groupsHaveClientsOfTheirOwn() {
    Generator generator = Generator.groups(List.of(named("a").limit(2), named("b").limit(30)));

    List<Drive.Given> given = Drive.of(4, 1).given(generator, 50);

    assertThat(given).hasSize(32);
    assertThat(given)
        .allMatch(each -> each.action().function().equals(each.client() % 2 == 0 ? "a" : "b"));
  }

  @Test
  void atMostSoManyAreBusy() {
    Generator generator = named("a").atMost(2);

    assertThat(generator.next(new Context(0, 0, 0, 1), random())).isInstanceOf(Generator.Act.class);
    assertThat(generator.next(new Context(0, 0, 0, 2), random()))
        .isInstanceOf(Generator.Wait.class);
  }

  @Test
  void theEndOfAMixIsThatOfAllItsParts() {
    Generator generator =
        Generator.mix(
            List.of(
                new Generator.Weighted(9, new Ending("a").limit(1)),
                new Generator.Weighted(1, new Ending("b").limit(5))));
    Generator rest = generator;
    while (rest.next(IDLE, random()) instanceof Generator.Act(Action _, Generator after)) {
      rest = after;
    }

    assertThat(functions(rest.closing(), 5)).containsExactlyInAnyOrder("end of a", "end of b");
  }

  /// One that has something to do in the end.
  private record Ending(String name) implements Generator {
    @Override
    public Choice next(Context context, RandomGenerator random) {
      return new Act(action(name), this);
    }

    @Override
    public Generator closing() {
      return Generator.each(List.of(action("end of " + name)));
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> named("a").limit(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Generator.Weighted(0, Generator.none()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Context(0, 0, -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> action(" "));
  }

  private static Generator named(String function) {
    return Generator.always(_ -> action(function));
  }

  private static Action action(String function) {
    return new Action("some", function, Value.nil(), Value.nil());
  }

  private static RandomGenerator random() {
    return new Seed(1).stream("workload");
  }

  private static List<String> functions(Generator generator, int most) {
    RandomGenerator random = random();
    List<String> functions = new ArrayList<>();
    Generator rest = generator;
    while (functions.size() < most
        && rest.next(IDLE, random) instanceof Generator.Act(Action action, Generator after)) {
      functions.add(action.function());
      rest = after;
    }
    return functions;
  }
}
