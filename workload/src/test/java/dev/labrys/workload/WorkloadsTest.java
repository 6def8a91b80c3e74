package dev.labrys.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Action;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkloadsTest {
  private static Stream<String> names() {
    return Workloads.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRunIsAFunctionOfItsSeed(String name) {
    assertThat(actions(name, 7)).isEqualTo(actions(name, 7));
    assertThat(actions(Workloads.USUAL, 7)).isNotEqualTo(actions(Workloads.USUAL, 8));
  }

  private static List<Drive.Given> actions(String name, long seed) {
    return Drive.of(5, seed).given(Workloads.named(name).load(), 500);
  }

  @ParameterizedTest
  @MethodSource("names")
  void allActionsAreOfModelsThatAreJudged(String name) {
    Workload workload = Workloads.named(name);

    assertThat(actions(name, 7))
        .hasSize(500)
        .extracting(given -> given.action().model())
        .isSubsetOf(workload.judges().stream().map(Workload.Judge::model).toList());
    assertThat(workload.name()).isEqualTo(name);
    assertThat(workload.summary()).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void whatIsLeftIsLookedAtInTheEnd() {
    Generator.Act act =
        (Generator.Act) Workloads.named("register").load().next(new Context(0, 0, 0, 0), random());

    assertThat(Drive.of(1, 1).given(act.rest().closing(), 10))
        .extracting(Drive.Given::action)
        .singleElement()
        .satisfies(action -> assertThat(action.function()).isEqualTo("read"))
        .extracting(Action::key)
        .isEqualTo(act.action().key());
  }

  @Test
  void loadsThatAreClosedEndWithThat() {
    List<Drive.Given> given =
        Drive.of(4, 1).given(Workloads.named("set").load().limit(50).closed(), 100);

    assertThat(given).hasSize(53);
  }

  @Test
  void onlyMixturesNeedLabels() {
    assertThat(Workloads.all())
        .filteredOn(workload -> workload.labels() == Scribe.Labels.MODELS)
        .extracting(Workload::name)
        .containsExactly(Workloads.USUAL);
  }

  @Test
  void optionsChangeWhatIsUsual() {
    WorkloadOptions options =
        WorkloadOptions.parse("keys=2,clients-per-key=9,ops-per-key=5,values=3,skew=0.5");
    Workload workload = Workloads.named("cas-register", options);

    assertThat(Drive.of(3, 1).given(workload.load(), 50))
        .extracting(given -> given.action().key())
        .doesNotContainNull()
        .hasSizeGreaterThan(9);
    assertThat(options.applyTo(KeyPlan.one()))
        .extracting(KeyPlan::keys, KeyPlan::clientsPerKey, KeyPlan::actionsPerKey)
        .containsExactly(2, 9, 5);
  }

  @Test
  void optionsMayFollowTheName() {
    Workload workload = Workloads.named("set:keys=1,ops-per-key=4");

    assertThat(workload.name()).isEqualTo("set");
    assertThat(Drive.of(1, 1).given(workload.load(), 8))
        .extracting(given -> given.action().key())
        .containsExactly(key(0), key(0), key(0), key(0), key(1), key(1), key(1), key(1));
  }

  private static Value key(long number) {
    return Value.of(number);
  }

  @Test
  void saysWhatCanNotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workloads.named("registre"))
        .withMessageContaining("cas-register");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkloadOptions.parse("keys=0"))
        .withMessageContaining("'0'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkloadOptions.parse("kees=1"))
        .withMessageContaining("ops-per-key");
    assertThatIllegalArgumentException().isThrownBy(() -> WorkloadOptions.parse("keys"));
    assertThatIllegalArgumentException().isThrownBy(() -> WorkloadOptions.parse("skew=11"));
    assertThat(WorkloadOptions.parse("")).isEqualTo(WorkloadOptions.NONE);
  }

  private static RandomGenerator random() {
    return new Seed(1).stream("workload");
  }
}
