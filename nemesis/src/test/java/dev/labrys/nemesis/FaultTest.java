package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTest {
  private static final List<String> TEXTS =
      List.of(
          "isolate:target=leader,direction=both",
          "isolate:target=n1+n3,direction=inbound",
          "isolate:target=minority,direction=outbound",
          "isolate:target=leader*3/n1+n2/one*2,direction=both",
          "split:layout=halves",
          "split:layout=bridge",
          "split:layout=majorities-ring",
          "split:layout=chain",
          "split:layout=star",
          "cut:n1=n2+n3,n2=n1",
          "cut-clients:target=followers",
          "kill:target=majority-with-leader",
          "stop:target=followers",
          "pause:target=n10",
          "stall-timers:target=leader",
          "timer-drift:target=minority,rate=-20%",
          "latency:target=all,delay=200ms,jitter=1500us",
          "unreliable:target=all,drop=10%,duplicate=0%,reorder=0.5%,delay=0s..26ms",
          "lose-packets:target=all,share=20%",
          "lose-packets:target=n2,share=0.0001%",
          "clock-jump:target=one,offset=-2s",
          "clock-drift:target=one,rate=-0.5%",
          "clock-strobe:target=one,offset=5s,period=400ms",
          "power-loss:target=majority",
          "disk-full:target=one",
          "disk-stall:target=leader",
          "disk-read-only:target=one",
          "disk-error:target=minority",
          "disk-slow:target=all,delay=200ms",
          "cpu-limit:target=leader,share=5%",
          "memory-limit:target=one,room=0B",
          "memory-limit:target=one,room=16MiB",
          "no-descriptors:target=minority",
          "damage:target=one,file=log,how=flipped",
          "damage:target=one,file=vote,how=cut",
          "wipe:target=minority",
          "roll-back:target=n1",
          "transfer:target=one",
          "remove:target=minority",
          "add:target=n6+n7");

  @Test
  void everyFaultIsReadAsItIsWritten() {
    assertThat(TEXTS).allSatisfy(text -> assertThat(Fault.parse(text).text()).isEqualTo(text));
    assertThat(TEXTS)
        .extracting(text -> (Object) Fault.parse(text).getClass())
        .containsAll(
            Stream.of(Fault.class, Fault.Targeted.class)
                .flatMap(each -> Stream.of(each.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .toList());
  }

  @Test
  void optionsComeInAnyOrderAndNodesAreSorted() {
    assertThat(Fault.parse("isolate:direction=both,target=n10+n2+n2").text())
        .isEqualTo("isolate:target=n2+n10,direction=both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop=101%,duplicate=0%,reorder=0%,delay=0s..1s",
        "drop=-1%,duplicate=0%,reorder=0%,delay=0s..1s",
        "drop=1%,duplicate=0%,reorder=0%,delay=2s..1s",
        "drop=1%,duplicate=0%,reorder=0%,delay=-1s..1s",
        "drop=1%,duplicate=0%,delay=0s..1s"
      })
  void chancesAreFromNoneToAll(String options) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse("unreliable:target=all," + options));
  }

  @Test
  void aCutSaysWhoDoesNotHearWhom() {
    TreeMap<NodeId, SortedSet<NodeId>> deafTo = new TreeMap<>();
    deafTo.put(NodeId.numbered(1), new TreeSet<>(List.of(NodeId.numbered(3), NodeId.numbered(2))));

    assertThat(Fault.parse("cut:n1=n2+n3")).isEqualTo(new Fault.Cut(deafTo));
  }

  @Test
  void namesWhatItNeedsOfADeployment() {
    assertThat(Fault.parse("kill:target=one").needs()).isEmpty();
    assertThat(Fault.parse("pause:target=one").needs()).containsExactly(Capability.PAUSE);
    assertThat(TEXTS)
        .flatExtracting(text -> Fault.parse(text).needs())
        .contains(Capability.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explode                              | \"explode\" is no fault; there are isolate,",
        "kill                                 | the option target is missing",
        "kill:                                | the option target is missing",
        "kill:target                          | \"target\" is not of the form option=value",
        "kill:target=n1,                      | \"\" is not of the form option=value",
        "kill:target=one,target=two           | the option target is there twice",
        "kill:target=one,soon=yes             | kill has no option soon",
        "kill:target=n1+                      | target: a node is named by",
        "kill:target=Leader                   | not \"Leader\"",
        "add:target=one                       | those who are added are named",
        "kill:target=n1/                      | target: a node is named by",
        "kill:target=n1*2                     | target: a node is named by",
        "kill:target=n1*0/n2                  | a weight is between 1 and 1000, not 0",
        "kill:target=n1*1001/n2               | a weight is between 1 and 1000, not 1001",
        "kill:target=n1*x/n2                  | \"x\" is no weight",
        "split:layout=square                  | \"square\" is not one of [halves, bridge,",
        "latency:target=one,delay=5,jitter=0s | delay: \"5\" is no length of time",
        "latency:target=one,delay=1s,jitter=2s| its jitter at most as long, not 1s and 2s",
        "lose-packets:target=one,share=0%     | some packets get lost, not 0%",
        "lose-packets:target=one,share=101%   | share: \"101%\" is not between 0% and 100%",
        "clock-jump:target=one,offset=0s      | a clock jumps by some time",
        "clock-jump:target=one,offset=99999999h | is longer than 292 years",
        "cpu-limit:target=one,share=0.5%      | from 1% to 100000% of one, not 0.5%",
        "cpu-limit:target=one,share=-5%       | from 1% to 100000% of one, not -5.0%",
        "memory-limit:target=one,room=16      | \"16\" is no amount of memory",
        "memory-limit:target=one,room=999999999999999GiB | more than can be counted",
        "memory-limit:target=one,room=9999999GiB | from 0 bytes to a pebibyte",
        "cut                                  | a cut needs at least one link",
        "cut:n1=n1                            | n1 must be cut from at least one node",
        "clock-jump:target=one,offset=9999999999999999999ns | is longer than 292 years"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse(text))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1_000, 61_000_000_000L, 3_600_000_000_000L, Long.MAX_VALUE})
  void timesAreExact(long nanos) {
    assertThat(Span.parse(Span.print(-nanos))).isEqualTo(-nanos);
    assertThat(Span.parse(Span.print(nanos / 1_000))).isEqualTo(nanos / 1_000);
  }
}
