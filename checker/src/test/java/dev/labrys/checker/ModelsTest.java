package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelsTest {

  @Test
  void everyModelIsKnownByItsName() {
    for (Model<?> model : Models.all()) {
      assertThat(Models.named(model.name())).isSameAs(model);
    }
    assertThat(Models.all()).extracting(Model::name).doesNotHaveDuplicates();
  }

  @Test
  void everyFactoryGivesTheModelOfItsName() {
    List<Model<?>> made =
        List.of(
            Models.register(),
            Models.casRegister(),
            Models.kv(),
            Models.kvString(),
            Models.counter(),
            Models.uniqueId(),
            Models.append(),
            Models.kvAppend(),
            Models.log(),
            Models.queue(),
            Models.unorderedQueue(),
            Models.stack(),
            Models.set(),
            Models.mutex(),
            Models.reentrantMutex(),
            Models.fencedMutex(),
            Models.multiRegister(),
            Models.listAppend(),
            Models.bank());

    assertThat(made).containsExactlyElementsOf(Models.all());
  }

  @Test
  void descriptionsTellOfEveryFunction() {
    for (ModelDescription description : Models.descriptions()) {
      Model<?> model = Models.named(description.name());

      assertThat(description.functions())
          .extracting(ModelDescription.Function::name)
          .containsExactlyInAnyOrderElementsOf(model.functions());
      assertThat(description.summary()).isNotBlank().doesNotEndWith(".");
    }
  }

  @Test
  void aFunctionIsShownWithItsArgumentAndAnswer() {
    ModelDescription.Function cas = new ModelDescription.Function("cas", "[old new]", "a truth");
    ModelDescription.Function delete = new ModelDescription.Function("delete", "", "");

    assertThat(cas).hasToString("cas [old new] → a truth");
    assertThat(delete).hasToString("delete");
  }

  @Test
  void anUnknownNameIsAnsweredWithNearMisses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.named("cas"))
        .withMessageStartingWith("there is no model \"cas\"; did you mean cas-register? Known are")
        .withMessageContaining("register, cas-register, kv");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.named("Fenced_Mutexes"))
        .withMessageContaining("did you mean mutex or fenced-mutex?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.named("quue"))
        .withMessageContaining("did you mean queue?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.named("elephant"))
        .withMessageStartingWith("there is no model \"elephant\". Known are");
  }

  @Test
  void modelsFitThatKnowEveryFunction() {
    assertThat(fitting("write", Value.of(1), Value.nil()))
        .containsExactly("register", "cas-register", "kv");
    assertThat(fitting("acquire", Value.nil(), Value.nil())).containsExactly("mutex");
    assertThat(fitting("acquire", Value.of("ann"), Value.of(4)))
        .containsExactly("mutex", "reentrant-mutex", "fenced-mutex");
    assertThat(fitting("explode", Value.nil(), Value.nil())).isEmpty();
  }

  @Test
  void modelsFitThatKnowEveryArgument() {
    Value append = Value.sequence(Value.sequence(Value.of("append"), Value.of("x"), Value.of(1)));
    Value write = Value.sequence(Value.sequence(Value.of("w"), Value.of("x"), Value.of(1)));

    assertThat(fitting("txn", append, append)).containsExactly("list-append");
    assertThat(fitting("txn", write, write)).containsExactly("multi-register");
    assertThat(fitting("read", Value.nil(), Value.of(5)))
        .containsExactly("register", "cas-register", "kv", "counter");
  }

  private static List<String> fitting(String function, Value input, Value output) {
    History history =
        new HistoryBuilder()
            .add(new Event.Invoked(0, function, Value.nil(), input, 0))
            .add(new Event.Completed(0, Outcome.ok(output), 1))
            .build();
    return Models.fitting(history).stream().<String>map(Model::name).toList();
  }
}
