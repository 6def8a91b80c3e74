package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.history.Seed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MenaceTest {
  private static final long SECOND = 1_000_000_000L;

  private static Menace one(String text) {
    List<Menace> read = Menace.parse(text);
    assertThat(read).hasSize(1);
    return read.getFirst();
  }

  private static List<String> texts(String text) {
    return one(text).faults().stream().map(Fault::text).toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsKnownByItsNameAndFaultsCanBeReadAgain(MenaceKind kind) {
    Menace menace = one(kind.toString());

    assertThat(menace.name()).isEqualTo(kind);
    assertThat(menace.faults())
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(Fault.parse(fault.text())).isEqualTo(fault));
  }

  @Test
  void optionsBelongToTheNameBeforeThem() {
    List<Menace> menaces =
        Menace.parse("partition:one-way,interval=5s,duration=2s..8s,pause,kill:target=n1+n2");

    assertThat(menaces)
        .extracting(Menace::name)
        .containsExactly(MenaceKind.PARTITION, MenaceKind.PAUSE, MenaceKind.KILL);
    assertThat(menaces.getFirst().calm()).isEqualTo(new Schedule.Range(5 * SECOND, 5 * SECOND));
    assertThat(menaces.getFirst().duration()).isEqualTo(new Schedule.Range(2 * SECOND, 8 * SECOND));
    assertThat(menaces.getLast().faults()).containsExactly(Fault.parse("kill:target=n1+n2"));
  }

  @Test
  void partitionsAreWhatIsAskedFor() {
    assertThat(texts("partition:bridge,chain"))
        .containsExactly("split:layout=bridge", "split:layout=chain");
    assertThat(texts("partition:one-way,target=leader"))
        .containsExactly(
            "isolate:target=leader,direction=inbound", "isolate:target=leader,direction=outbound");
    assertThat(texts("partition:target=n1"))
        .containsExactly(
            "isolate:target=n1,direction=both",
            "isolate:target=n1,direction=inbound",
            "isolate:target=n1,direction=outbound");
    assertThat(texts("partition"))
        .contains("split:layout=halves", "isolate:target=leader,direction=both");
  }

  @Test
  void timesAndSharesAreWhatIsAskedFor() {
    assertThat(texts("latency:target=all,delay=200ms,jitter=10ms"))
        .containsExactly("latency:target=all,delay=200ms,jitter=10ms");
    assertThat(texts("packets:share=5%,target=leader"))
        .containsExactly("lose-packets:target=leader,share=5%");
    assertThat(texts("packets:target=one"))
        .containsExactly(
            "lose-packets:target=one,share=2%",
            "lose-packets:target=one,share=20%", "lose-packets:target=one,share=50%");
    assertThat(texts("clock:offset=-5s,target=one"))
        .containsExactly("clock-jump:target=one,offset=-5s");
    assertThat(texts("clock:drift,rate=10%,strobe,period=2s,target=one"))
        .containsExactly(
            "clock-drift:target=one,rate=10%", "clock-strobe:target=one,offset=5s,period=2s");
    assertThat(texts("disk:stalled,delay=2s,target=one"))
        .containsExactly("disk-stall:target=one", "disk-slow:target=one,delay=2s");
    assertThat(texts("disk"))
        .contains("disk-error:target=leader", "disk-slow:target=one,delay=200ms");
    assertThat(texts("resources:descriptors,room=8MiB,target=one"))
        .containsExactly("memory-limit:target=one,room=8MiB", "no-descriptors:target=one");
    assertThat(texts("resources"))
        .contains("cpu-limit:target=leader,share=5%", "memory-limit:target=one,room=0B");
    assertThat(texts("clock")).contains("clock-drift:target=leader,rate=-20%");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                      | "" is no kind of fault; there are [partition
          chaos                   | "chaos" is no kind of fault
          kill:chaos              | kill has no option chaos; there are interval, duration, target
          kill:target=N1          | kill: target: a node is named by
          kill:target             | kill: target: a node is named by
          kill:interval=5         | kill: interval: "5" is no length of time
          kill:interval=5s..1s    | kill: interval: a range goes
          kill:duration=0s        | kill: duration: a range goes
          kill:target=n1,target=n2| kill: target is there twice
          latency:delay=0s        | a delay is positive
          packets:share=0%        | some packets get lost, not 0%
          clock:offset=0s         | a clock jumps
          kill:one-way            | kill has no option one-way
          """)
  void whatCannotBeReadIsNamed(String text, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Menace.parse(text))
        .withMessageContaining(complaint);
  }

  @Test
  void onlyWhatIsPossibleIsLeft() {
    Menace menace = one("kill");
    Menace pause = one("pause");

    assertThat(menace.possible(Capabilities.none())).contains(menace);
    assertThat(pause.needs()).isEqualTo(Set.of(Capability.PAUSE));
    assertThat(pause.possible(Capabilities.none())).isEmpty();
    assertThat(pause.possible(Capabilities.none().with(Capability.PAUSE))).contains(pause);
  }

  @Test
  void oneMoreDoesNotChangeTheTimesOfTheOthers() {
    Seed seed = new Seed(5);
    String killing = "kill:interval=1s..4s";
    Schedule kills = Menace.draw(Menace.parse(killing), seed, 60 * SECOND);
    Schedule both = Menace.draw(Menace.parse("pause," + killing), seed, 60 * SECOND);

    assertThat(kills.entries()).hasSizeGreaterThan(5);
    assertThat(both.entries()).hasSizeGreaterThan(kills.entries().size());
    assertThat(both.entries()).containsAll(kills.entries());
    assertThat(both.entries()).allMatch(entry -> entry.endNanos() < 60 * SECOND);
    assertThat(Menace.draw(Menace.parse("pause," + killing), seed, 60 * SECOND)).isEqualTo(both);
  }

  @Test
  void theSameKindTwiceComesAtTimesOfItsOwn() {
    Schedule twice = Menace.draw(Menace.parse("kill,kill"), new Seed(5), 60 * SECOND);

    assertThat(twice.entries()).doesNotHaveDuplicates();
  }
}
