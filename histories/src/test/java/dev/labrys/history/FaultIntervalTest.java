package dev.labrys.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultIntervalTest {
  private static final String NEMESIS = "nemesis";

  private static List<FaultInterval> intervals(Event... annotations) {
    return FaultInterval.of(new History(List.of(), List.of(annotations)));
  }

  private static Event note(String label, long time) {
    return new Event.Note(NEMESIS, label, Value.nil(), time, Value.MapOf.empty());
  }

  private static Event[] logged(String... labels) {
    List<Event> notes = new ArrayList<>();
    for (String label : labels) {
      notes.add(note(label, 10L * notes.size()));
      notes.add(note(label, 10L * notes.size()));
    }
    return notes.toArray(new Event[0]);
  }

  @Test
  void startsAndEndsOfOneIdBelongTogether() {
    assertThat(
            intervals(
                new Event.FaultStarted(1, "kill", Value.of("n1"), 10, Value.MapOf.empty()),
                new Event.FaultStarted(2, "pause", Value.of("n2"), 20, Value.MapOf.empty()),
                new Event.FaultHealed(1, 30, Value.MapOf.empty()),
                new Event.Note("raft", "start", Value.nil(), 40, Value.MapOf.empty())))
        .containsExactly(
            new FaultInterval("kill", Value.of("n1"), 10, 30),
            new FaultInterval("pause", Value.of("n2"), 20, 40));
  }

  @Test
  void namedNemesisOperationsPairByTheirName() {
    assertThat(intervals(logged("start-partition", "clock-start", "stop-partition", "clock-stop")))
        .containsExactly(
            new FaultInterval("partition", Value.nil(), 0, 50),
            new FaultInterval("clock", Value.nil(), 20, 70));
  }

  @Test
  void startEndsAKillAndOtherwiseBeginsAFaultWithoutAName() {
    assertThat(intervals(logged("kill", "start", "pause", "resume", "start", "stop")))
        .containsExactly(
            new FaultInterval("kill", Value.nil(), 0, 30),
            new FaultInterval("pause", Value.nil(), 40, 70),
            new FaultInterval("fault", Value.nil(), 80, 110));
  }

  @Test
  void theSecondLineOfAStartNamesTheTargets() {
    assertThat(
            intervals(
                note("start", 1),
                new Event.Note(NEMESIS, "start", Value.of("n3"), 2, Value.MapOf.empty())))
        .containsExactly(new FaultInterval("fault", Value.of("n3"), 1, 2));
  }

  @Test
  void aFaultThatIsNeverHealedLastsToTheEnd() {
    History history =
        new HistoryBuilder()
            .add(new Event.FaultStarted(1, "kill", Value.nil(), 10, Value.MapOf.empty()))
            .add(new Event.Invoked(0, "read", Value.nil(), Value.nil(), 20))
            .add(new Event.Completed(0, Outcome.failed(), 90))
            .build();

    assertThat(FaultInterval.of(history))
        .containsExactly(new FaultInterval("kill", Value.nil(), 10, 90));
  }
}
