package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeasibleTest {
  private static final Capabilities SOME =
      Capabilities.all()
          .without(Capability.PAUSE, "there are no signals")
          .without(Capability.CUT_LINKS, "there is no proxy");

  @Test
  void whatIsPossibleIsKeptAndTheRestIsNamed() {
    List<Menace> asked = Menace.parse("kill,pause,partition,kill:target=n1");

    Feasible feasible = Feasible.of(asked, SOME);

    assertThat(feasible.menaces()).containsExactly(asked.getFirst(), asked.getLast());
    assertThat(feasible.leftOut())
        .extracting(Feasible.LeftOut::toString)
        .containsExactly(
            "pause: can't freeze a node and let it run on: there are no signals",
            "partition: can't stop bytes between nodes: there is no proxy");
  }

  @Test
  void whereNothingIsCutOneWayOtherCutsAreKept() {
    Capabilities kernel = Capabilities.all().without(Capability.CUT_ONE_WAY, "TCP needs both");
    List<Fault> mutual =
        List.of(
            Fault.parse("isolate:target=one,direction=both"),
            Fault.parse("split:layout=halves"),
            Fault.parse("cut:n1=n2+n3,n2=n1,n3=n1"),
            Fault.parse("cut-clients:target=n1"));
    List<Fault> oneWay =
        List.of(
            Fault.parse("isolate:target=one,direction=inbound"),
            Fault.parse("split:layout=majorities-ring"),
            Fault.parse("cut:n1=n2+n3,n2=n1"));

    assertThat(Feasible.leftOut(mutual, kernel)).isEmpty();
    assertThat(Feasible.leftOut(oneWay, kernel))
        .extracting(Feasible.LeftOut::what)
        .containsExactlyElementsOf(oneWay.stream().map(Fault::text).toList());
  }

  @Test
  void ofAKindThatIsPossibleInPartThePartIsKept() {
    Menace mixed =
        new Menace(
            MenaceKind.KILL,
            List.of(Fault.parse("kill:target=one"), Fault.parse("pause:target=one")),
            new Schedule.Range(1, 2),
            new Schedule.Range(1, 2));

    Feasible feasible = Feasible.of(List.of(mixed), SOME);

    assertThat(feasible.menaces())
        .extracting(Menace::faults)
        .containsExactly(List.of(Fault.parse("kill:target=one")));
    assertThat(feasible.leftOut())
        .extracting(Feasible.LeftOut::what)
        .containsExactly("pause:target=one");
  }

  @Test
  void allKindsThereAreCanBeAskedFor() {
    assertThat(Menace.every()).extracting(Menace::name).containsExactly(MenaceKind.values());
    assertThat(Feasible.of(Menace.every(), Capabilities.all()).leftOut()).isEmpty();
    assertThat(Feasible.of(Menace.every(), Capabilities.none()).menaces())
        .extracting(Menace::name)
        .containsExactly(MenaceKind.KILL, MenaceKind.RESTART);
  }

  @Test
  void aPlanIsRefusedForWhatItNeeds() {
    Plan plan =
        Plan.parse(
            """
            plan:
              - {fault: "kill:target=n1", for: 1s}
              - {trouble: pause, for: 1m}
              - {fault: "cut:n1=n2", for: ever}
            """);
    List<Feasible.LeftOut> leftOut = Feasible.leftOut(plan.faults(), SOME);

    assertThat(leftOut)
        .extracting(Feasible.LeftOut::what)
        .contains("cut:n1=n2", "pause:target=one");
    assertThat(leftOut).extracting(Feasible.LeftOut::what).doesNotContain("kill:target=n1");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Feasible.requireNone(leftOut))
        .withMessageContaining("cut:n1=n2: can't stop bytes")
        .withMessageContaining("there are no signals");
    assertThatCode(() -> Feasible.requireNone(Feasible.leftOut(plan.faults(), Capabilities.all())))
        .doesNotThrowAnyException();
  }
}
