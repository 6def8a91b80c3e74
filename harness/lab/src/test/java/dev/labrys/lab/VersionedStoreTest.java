package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Call;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.raft.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VersionedStoreTest {
  private final VersionedStore store = new VersionedStore();

  @Test
  void aTextIsPutAtTheVersionThatIsThere() {
    assertThat(apply(VersionedStore.get("k"))).isEqualTo("0 ");
    assertThat(apply(VersionedStore.put("k", "a b", 0))).isEqualTo("1 a b");
    assertThat(apply(VersionedStore.put("k", "c", 0))).isEqualTo("! 1 a b");
    assertThat(apply(VersionedStore.put("k", "d", 1))).isEqualTo("2 d");
    assertThat(apply(VersionedStore.get("k"))).isEqualTo("2 d");
    assertThat(apply(VersionedStore.put("l", "", 0))).isEqualTo("1 ");
  }

  @Test
  void aSnapshotHoldsAllOfIt() {
    store.apply(1, VersionedStore.put("k", "a b", 0));
    store.apply(2, VersionedStore.put("l", "", 0));
    VersionedStore other = new VersionedStore();
    other.apply(1, VersionedStore.put("m", "x", 0));

    other.restore(store.snapshot());

    assertThat(other.snapshot()).isEqualTo(store.snapshot());
    assertThat(other.query(VersionedStore.get("k")).text()).isEqualTo("1 a b");
    assertThat(other.query(VersionedStore.get("m")).text()).isEqualTo("0 ");
    other.restore(Bytes.EMPTY);
    assertThat(other.query(VersionedStore.get("k")).text()).isEqualTo("0 ");
  }

  /// The store and the model it is judged by were written apart.
  @Test
  void theModelAllowsWhatTheStoreDoesAndNothingElse() {
    VersionedText model = new VersionedText();
    VersionedText.State state = model.initial();
    Chance chance = new Chance(new Seed(3).stream("calls"));
    for (int i = 0; i < 1_000; i++) {
      long version = Math.max(0, state.version() - chance.below(2));
      boolean isPut = chance.permille(500);
      String text = "t" + i;
      Value input =
          isPut
              ? VersionedText.shown(new VersionedText.State(Value.of(text), version))
              : Value.nil();
      String answer =
          apply(isPut ? VersionedStore.put("k", text, version) : VersionedStore.get("k"));
      Value right = isPut ? Value.of(!answer.startsWith("!")) : shown(answer);
      Value wrong =
          isPut
              ? Value.of(answer.startsWith("!"))
              : VersionedText.shown(new VersionedText.State(Value.of("other"), version));
      String function = isPut ? "put" : "get";
      Call answered = new Call(function, input, Outcome.ok(right));
      List<VersionedText.State> next = model.step(state, answered);

      assertThat(next).hasSize(1);
      assertThat(model.step(state, new Call(function, input, Outcome.ok(wrong)))).isEmpty();
      assertThat(model.step(state, new Call(function, input, Outcome.unknown()))).isEqualTo(next);
      assertThat(model.mayLeadTo(state, answered)).isTrue();
      assertThat(model.isReadOnly(answered)).isEqualTo(next.getFirst().equals(state));
      state = next.getFirst();
    }
  }

  private static Value shown(String answer) {
    VersionedStore.Held held = VersionedStore.Held.of(answer);
    return VersionedText.shown(new VersionedText.State(Value.of(held.text()), held.version()));
  }

  private String apply(Bytes command) {
    return store.apply(1, command).text();
  }
}
