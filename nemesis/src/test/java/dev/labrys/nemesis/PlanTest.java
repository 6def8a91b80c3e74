package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.labrys.history.Seed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What plans mean, on paper.
final class PlanTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Seed SEED = new Seed(7);

  private static Schedule schedule(String yaml) {
    return Plan.parse(yaml).schedule(SEED);
  }

  private static void assertMeans(String yaml, String... lines) {
    assertThat(schedule(yaml).text().lines()).containsExactly(lines);
  }

  @Test
  void stepsComeOneAfterAnother() {
    assertMeans(
        """
        plan:
          - wait: 5s
          - fault: kill:target=n1
            for: 2s
          - fault: split:layout=halves
            for: 3s
        """,
        "5s..7s kill:target=n1",
        "7s..10s split:layout=halves");
  }

  @Test
  void aTimeIsWaitedForUnlessItHasPassed() {
    assertMeans(
        """
        plan:
          - at: 5s
            fault: kill:target=n1
            for: 2s
          - at: 6s
            fault: kill:target=n2
            for: 1s
        """,
        "5s..7s kill:target=n1",
        "7s..8s kill:target=n2");
  }

  @Test
  void whatIsDoneMeanwhileOverlaps() {
    assertMeans(
        """
        plan:
          - fault: latency:target=all,delay=200ms,jitter=50ms
            for: 20s
            meanwhile:
              - wait: 5s
              - fault: pause:target=leader
                for: 2s
              - fault: pause:target=n1
                for: 15s
          - fault: cut:n1=n2
            meanwhile:
              - fault: kill:target=n3
                for: 4s
        """,
        "0s..20s latency:target=all,delay=200ms,jitter=50ms",
        "5s..7s pause:target=leader",
        "7s..22s pause:target=n1",
        "22s..26s cut:n1=n2",
        "22s..26s kill:target=n3");
  }

  @Test
  void whatIsTogetherBeginsTogether() {
    assertMeans(
        """
        plan:
          - together:
              - fault: kill:target=n1
                for: 2s
              - steps:
                  - wait: 1s
                  - fault: kill:target=n2
                    for: 3s
          - fault: pause:target=n3
            for: 1s
        """,
        "0s..2s kill:target=n1",
        "1s..4s kill:target=n2",
        "4s..5s pause:target=n3");
  }

  @Test
  void whatIsRepeatedComesAgain() {
    assertMeans(
        """
        plan:
          - fault: kill:target=n1
            for: 1s
            repeat: 2
            every: 3s
          - fault: kill:target=n2
            for: 1s
            repeat: 2
            calm: 500ms
          - steps:
              - {fault: pause:target=n3, for: 1s}
              - wait: 1s
            until: 9s
        """,
        "0s..1s kill:target=n1",
        "3s..4s kill:target=n1",
        "4s..5s kill:target=n2",
        "5500ms..6500ms kill:target=n2",
        "6500ms..7500ms pause:target=n3",
        "8500ms..9500ms pause:target=n3");
  }

  @Test
  void theEndEndsAllButWhatStays() {
    assertMeans(
        """
        plan:
          - fault: split:layout=star
            for: ever
          - fault: kill:target=n1
            for: 2s
            repeat: 100
            calm: 1s
        end:
          at: 7s
          stays: isolate:target=minority,direction=both
          calm: 20s
        """,
        "0s..7s split:layout=star",
        "0s..2s kill:target=n1",
        "3s..5s kill:target=n1",
        "6s..7s kill:target=n1",
        "7s.. isolate:target=minority,direction=both");
  }

  @Test
  void withoutATimeThePlanEndsWithItsSteps() {
    Plan plan =
        Plan.parse(
            """
            plan:
              - {fault: split:layout=star, for: ever}
              - wait: 3s
            """);

    assertThat(plan.schedule(SEED).text()).isEqualTo("0s..3s split:layout=star\n");
    assertThat(plan.ending()).isEqualTo(Plan.Ending.USUAL);
  }

  @Test
  void whatStaysLeavesAMajority() {
    Plan.Ending few =
        Plan.parse(
                "plan: [{wait: 1s}]\nend: {stays: [\"kill:target=leader/n1+n2\", \"cut:n3=n1\"]}")
            .ending();

    few.requireMajority(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> few.requireMajority(5))
        .withMessage("what stays may hit 3 of 5 nodes, and leaves no majority");
    Plan.Ending.USUAL.requireMajority(1);
  }

  @Test
  void lengthsAreDrawnFromTheSeed() {
    Plan plan =
        Plan.parse(
            """
            plan:
              - fault: kill:target=one
                for: 1s..3s
                repeat: 50
                calm: 10ms..20ms
            """);

    Schedule drawn = plan.schedule(SEED);
    assertThat(drawn).isEqualTo(plan.schedule(SEED)).isNotEqualTo(plan.schedule(new Seed(8)));
    assertThat(drawn.entries())
        .hasSize(50)
        .allMatch(each -> each.endNanos() - each.startNanos() >= SECOND)
        .allMatch(each -> each.endNanos() - each.startNanos() <= 3 * SECOND);
    for (int i = 1; i < 50; i++) {
      assertThat(drawn.entries().get(i).startNanos() - drawn.entries().get(i - 1).endNanos())
          .isBetween(SECOND / 100, SECOND / 50);
    }
  }

  @Test
  void whatIsMixedComesAsOftenAsItWeighs() {
    Schedule drawn =
        schedule(
            """
            plan:
              - mix:
                  - {weight: 3, fault: kill:target=n1, for: 1s}
                  - {fault: pause:target=n1, for: 1s}
                repeat: 4000
            """);

    assertThat(drawn.entries()).hasSize(4000);
    assertThat(drawn.entries().stream().filter(each -> each.fault() instanceof Fault.Kill).count())
        .isBetween(2850L, 3150L);
  }

  @Test
  void aStepMoreDoesNotChangeWhatOthersDraw() {
    String drawn = "- {fault: kill:target=one, for: 1s..3s, repeat: 5, calm: 1s..2s}";
    String alone = "plan:\n  - together:\n    " + drawn + "\n    - wait: 1s";
    String not =
        "plan:\n  - together:\n    " + drawn + "\n    - {fault: split:layout=halves, for: 1s..9s}";

    assertThat(schedule(not).entries()).containsAll(schedule(alone).entries());
  }

  @Test
  void troubleIsWhatIsAskedForByName() {
    Schedule drawn =
        schedule(
            """
            plan:
              - wait: 10s
              - trouble: partition:one-way,kill:target=leader,interval=1s,duration=2s..3s
                for: 60s
              - fault: pause:target=n1
                for: 1s
            """);

    assertThat(drawn.entries()).filteredOn(each -> each.fault() instanceof Fault.Kill).isNotEmpty();
    assertThat(drawn.entries())
        .filteredOn(each -> each.fault() instanceof Fault.Isolate)
        .isNotEmpty();
    assertThat(drawn.entries().getLast())
        .isEqualTo(new Schedule.Entry(70 * SECOND, 71 * SECOND, Fault.parse("pause:target=n1")));
    assertThat(drawn.entries()).allMatch(each -> each.startNanos() >= 10 * SECOND);
    assertThat(drawn.entries().subList(0, drawn.entries().size() - 1))
        .allMatch(each -> each.endNanos() < 70 * SECOND);
  }

  @Test
  void theFaultsOfAPlanAreThoseOfAllItsSteps() {
    Plan plan =
        Plan.parse(
            """
            plan:
              - together:
                  - {fault: kill:target=n1, for: 1s}
                  - mix:
                      - {fault: pause:target=n1, for: 1s, when: election}
                      - {trouble: power, for: 9s}
            end: {stays: ["stop:target=n1"]}
            """);

    assertThat(plan.faults())
        .extracting(Fault::text)
        .contains("kill:target=n1", "pause:target=n1", "power-loss:target=all", "stop:target=n1");
    assertThat(plan.isFixed()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> plan.schedule(SEED));
  }

  @Test
  void repetitionsThatTakeNoTimeComeToAnEnd() {
    assertThat(
            schedule("plan: [{wait: 0s, repeat: 100000}, {fault: split:layout=star, for: 1s}]")
                .entries()
                .getFirst()
                .startNanos())
        .isGreaterThan(99 * SECOND);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            schedule(
                """
                plan:
                - {steps: [{wait: 0s}], repeat: 100000, until: 200000s}
                - {wait: 1ms, until: 100h}
                """))
        .withMessageStartingWith("line 3: the plan has begun");
  }

  @Test
  void longFilesAreReadAndDeepOnesRefused() {
    String steps =
        String.join(
            "", IntStream.range(0, 9_999).mapToObj(_ -> "- {wait: 1s, until: 1s}\n").toList());

    assertThat(schedule("plan:\n" + steps + "- {fault: kill:target=n1, for: 1s}\n").entries())
        .hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.parse("plan:\n" + steps + steps))
        .withMessageContaining("more than 10000 steps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.parse("plan: " + "[".repeat(100_000)))
        .withMessageContaining("deep");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.parse(" ".repeat(2_000_000)))
        .withMessageContaining("letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan: [{wait: 1s}]",
        "plan: [{wait: 0s..1s, at: 3s, repeat: 3, every: 5s, calm: 1s..2s, until: 9s}]",
        "plan: [{wait: 1s, when: uncommitted=3, within: 10s}]",
        "plan: [{fault: \"isolate:target=one,direction=both\", for: ever}]",
        "{\"plan\": [{\"trouble\": \"kill\", \"for\": \"1s\"}], \"end\": {\"at\": \"60s\"}}"
      })
  void plansAreRead(String yaml) {
    assertThat(Plan.parse(yaml).steps()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          `` @ line 1: there is nothing in it
          plan @ line 1: expected a plan, with fields
          steps: [] @ line 1: a plan needs the field plan
          plan: [] @ line 1: expected steps, each of which
          plan: [{wait: 1s}]\\nfinish: 3s @ line 2: a plan has no field finish here; there are plan, end
          plan:\\n- kill:target=n1 @ line 2: expected a step, with fields
          plan:\\n- wait: 1s\\n- for: 1s @ line 3: a step does one thing of fault, wait, steps, together, mix, trouble, and this one nothing
          plan:\\n- wait: 1s\\n  fault: kill:target=n1 @ line 2: a step does one thing of fault, wait, steps, together, mix, trouble, and this one does fault and wait
          plan:\\n- fault: kill:target=n1 @ line 2: when is the fault over?
          plan:\\n- fault: kill:target=n1\\n  for: long @ line 3: for: "long" is no length of time
          plan:\\n- fault: kill:target=n1\\n  for: 3s..1s @ line 3: for: a length of time goes from
          plan:\\n- fault: kill:target=n1\\n  for: 0s..1s @ line 3: for: "0s..1s" may be no time at all
          plan:\\n- fault: murder @ line 2: fault: "murder" is no fault; there are
          plan:\\n- fault: [1] @ line 2: expected a single text for fault
          plan:\\n- wait: 1s\\n  when: Tuesday @ line 3: when: "Tuesday" is nothing to wait for; there are election
          plan:\\n- wait: 1s\\n  when: now @ line 3: when: "now" is nothing to wait for
          plan:\\n- wait: 1s\\n  when: election=2 @ line 3: when: "election=2" is nothing
          plan:\\n- wait: 1s\\n  when: operations=0 @ line 3: when: operations is counted from 1
          plan:\\n- wait: 1s\\n  within: 3s @ line 2: within says how long
          plan:\\n- wait: 1s\\n  every: 3s @ line 2: every and calm are for what comes again
          plan:\\n- wait: 1s\\n  repeat: 0 @ line 3: repeat: expected a number from 1 to 100000, not "0"
          plan:\\n- wait: 1s\\n  at: -3s @ line 3: at: "-3s" is not between 0s and
          plan:\\n- wait: 1s\\n  weight: 2 @ line 3: a step has no field weight here; there are wait, at
          plan:\\n- wait: 1s\\n  for: 2s @ line 3: a step has no field for here
          plan:\\n- mix:\\n  - wait: 1s\\n    weight: 1001 @ line 4: weight: expected a number
          plan:\\n- mix: @ line 2: expected steps of which one is drawn
          plan:\\n- trouble: kill @ line 2: a step needs the field for
          plan:\\n- trouble: famine\\n  for: 1s @ line 2: trouble: "famine" is no kind of fault
          plan: [{wait: 1s}]\\nend:\\n  stays: kill:target=majority @ line 3: stays: kill:target=majority can't stay for good
          plan: [{wait: 1s}]\\nend:\\n  stays: split:layout=halves @ line 3: stays: split:layout=halves can't stay
          plan: [{wait: 1s}]\\nend:\\n  for: 1s @ line 3: the end has no field for here; there are at, stays, calm
          plan: [{wait: 1s}]\\nplan: [{wait: 1s}] @ line 2: plan is there twice
          plan: [{wait: 1s}]\\n---\\nplan: [{wait: 1s}] @ line 2: there is a second document
          plan: &a [{wait: 1s}] @ line 1: anchors and aliases
          plan: *a @ line 1: anchors and aliases
          plan: !!java.net.URL [http://x] @ line 1: tags
          plan: !!str x @ line 1: tags
          plan:\\n- wait: 1s\\n wait: 2s @ line 3: this is no YAML
          plan:\\n- wait: "1s @ line 2: this is no YAML
          plan: [{[a]: 1}] @ line 1: a name is a single word
          """)
  void whatIsNoPlanIsRefusedByLine(String yaml, String complaint) {
    String text = yaml.replace("\\n", "\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.parse(text))
        .withMessageStartingWith(complaint);
  }

  @Test
  void nothingButComplaintsComesOfDamage() {
    String whole =
        """
        plan:
        - fault: kill:target=n1
          for: 1s..2s
          repeat: 3
        - mix: [{wait: 1s, weight: 2}]
        """;
    for (String damage :
        List.of("", ":", "\n", "- ", "[", "{", "&", "*", "!", "\t", "\u0000", "9", "|")) {
      for (int i = 0; i < whole.length(); i++) {
        String damaged = whole.substring(0, i) + damage + whole.substring(i + 1);
        try {
          assertThat(Plan.parse(damaged).steps()).isNotEmpty();
        } catch (IllegalArgumentException complaint) {
          assertThat(complaint).hasMessageFindingMatch("^(line \\d+: |this is no YAML)");
        }
      }
    }
  }
}
