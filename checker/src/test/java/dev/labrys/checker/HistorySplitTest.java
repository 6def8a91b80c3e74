package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistorySplitTest {
  private static final Value KEY = Value.of(1);

  private final HistorySplit split = new HistorySplit();
  private final HistoryBuilder builder = new HistoryBuilder();

  @Test
  void operationsKeepTheirNumbersAndPlaces() {
    add(invoked(0, "register", "write", 1));
    add(invoked(1, "set", "add", 2));
    add(new Event.Note("somebody", "said", Value.nil(), 0, Value.MapOf.empty()));
    add(new Event.Completed(0, Outcome.ok(Value.nil()), 0));
    add(new Event.Completed(1, Outcome.unknown(), 0));
    add(invoked(0, "set", "add", 3));
    History whole = builder.build();

    History set = split.part(whole, "set");

    assertThat(split.models()).containsExactly("register", "set");
    assertThat(set.operations()).extracting(Operation::index).containsExactly(1, 2);
    assertThat(set.operations()).isSubsetOf(whole.operations());
    assertThat(set.annotations()).hasSize(1);
    assertThat(split.part(whole, "register").operations()).hasSize(1);
    assertThat(split.part(whole, "queue").operations()).isEmpty();
  }

  @Test
  void saysOfWhichModelAnEventIs() {
    assertThat(split.accept(invoked(0, "register", "write", 1))).contains("register");
    assertThat(split.accept(new Event.Invoked(1, "add", KEY, KEY, 0))).isEmpty();
    assertThat(split.accept(new Event.Completed(1, Outcome.failed(), 0))).isEmpty();
    assertThat(split.accept(new Event.Completed(0, Outcome.failed(), 0))).contains("register");
  }

  @Test
  void refusesAnotherHistory() {
    add(invoked(0, "register", "write", 1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> split.part(new History(List.of()), "register"));
  }

  private void add(Event event) {
    split.accept(event);
    builder.add(event);
  }

  private static Event invoked(int process, String model, String function, long input) {
    Value.MapOf extras = new Value.MapOf(Map.of(Value.keyword("model"), Value.of(model)));
    return new Event.Invoked(process, function, KEY, Value.of(input), 0, extras);
  }
}
