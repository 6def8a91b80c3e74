package dev.labrys.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What models promise of their steps, held against their steps on random walks.
final class PromiseTest {
  private static final int WALKS = 500;
  private static final int LONGEST_WALK = 12;
  private static final int MOST_REFUSALS = 20;

  /// Models of which something stays true for good, so that much can be ruled out.
  private static final Set<String> GROWING =
      Set.of("kv-string", "append", "kv-append", "list-append", "log", "unique-id", "fenced-mutex");

  /// Models in which every call changes something.
  private static final Set<String> RESTLESS = Set.of("reentrant-mutex", "fenced-mutex");

  /// Models that name the least of what an unseen answer may have meant, instead of all of it.
  private static final Set<String> MODEST = Set.of("fenced-mutex", "unique-id");

  /// A way that an object may go.
  ///
  /// @param states where it passed, one more than calls taken
  /// @param taken what it did
  /// @param refused what it could not do on the way
  private record Walk<S>(List<S> states, List<Call> taken, List<Call> refused) {}

  private static <S> List<Walk<S>> walks(Model<S> model) {
    RandomGenerator random = new Seed(22).stream(model.name());
    return Stream.generate(() -> walk(model, random)).limit(WALKS).toList();
  }

  private static <S> Walk<S> walk(Model<S> model, RandomGenerator random) {
    Conversation conversation = Conversation.about(model.name());
    Draw draw = new Draw(random, random.nextBoolean());
    Walk<S> walk = new Walk<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    walk.states().add(model.initial());
    while (walk.taken().size() < LONGEST_WALK && walk.refused().size() < MOST_REFUSALS) {
      Call call = call(conversation, draw);
      List<S> next = model.step(walk.states().getLast(), call);
      if (next.isEmpty()) {
        walk.refused().add(call);
      } else {
        walk.taken().add(call);
        walk.states().add(next.get(draw.below(next.size())));
      }
    }
    return walk;
  }

  private static Call call(Conversation conversation, Draw draw) {
    Conversation.Question question = conversation.ask(draw);
    Outcome outcome =
        draw.chance(20) ? Outcome.unknown() : Outcome.ok(conversation.answer(draw, question));
    return new Call(question.function(), question.input(), outcome);
  }

  private static Stream<String> models() {
    return Models.all().stream().map(Model::name);
  }

  @ParameterizedTest
  @MethodSource("models")
  void readOnlyCallsLeaveEveryStateAsItIs(String name) {
    int kept = checkReadOnly(Models.named(name));

    assertThat(kept > 0).isNotEqualTo(RESTLESS.contains(name));
  }

  private static <S> int checkReadOnly(Model<S> model) {
    int kept = 0;
    for (Walk<S> walk : walks(model)) {
      for (Call call : calls(walk)) {
        if (model.isReadOnly(call)) {
          kept++;
          for (S state : walk.states()) {
            assertThat(model.step(state, call)).as("%s in %s", call, state).isSubsetOf(state);
          }
        }
      }
    }
    return kept;
  }

  private static List<Call> calls(Walk<?> walk) {
    List<Call> calls = new ArrayList<>(walk.taken());
    calls.addAll(walk.refused());
    return calls;
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatCanNeverComeNeverComes(String name) {
    int never = checkMayLeadTo(Models.named(name));

    assertThat(never > 0).isEqualTo(GROWING.contains(name));
  }

  private static <S> int checkMayLeadTo(Model<S> model) {
    int never = 0;
    for (Walk<S> walk : walks(model)) {
      for (Call call : calls(walk)) {
        for (int from = 0; from < walk.states().size(); from++) {
          if (!model.mayLeadTo(walk.states().get(from), call)) {
            never++;
            for (S later : walk.states().subList(from, nextReset(model, walk, from) + 1)) {
              assertThat(model.step(later, call)).as("%s in %s", call, later).isEmpty();
            }
          }
        }
      }
    }
    return never;
  }

  /// Which call from `from` on is the first reset; the number of calls if there is none.
  private static <S> int nextReset(Model<S> model, Walk<S> walk, int from) {
    int next = from;
    while (next < walk.taken().size() && !model.isReset(walk.taken().get(next))) {
      next++;
    }
    return next;
  }

  @ParameterizedTest
  @MethodSource("models")
  void resetsAlwaysLeaveTheSameState(String name) {
    checkResets(Models.named(name));
  }

  private static <S> void checkResets(Model<S> model) {
    for (Walk<S> walk : walks(model)) {
      for (Call call : calls(walk)) {
        if (model.isReset(call)) {
          for (S state : walk.states()) {
            assertThat(model.step(state, call))
                .as("%s in %s", call, state)
                .hasSize(1)
                .isEqualTo(model.step(model.initial(), call));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shapesSayWhatStepsDo(String name) {
    Model<?> model = Models.named(name);
    int covered = 0;
    RandomGenerator random = new Seed(21).stream(name);

    for (int i = 0; i < WALKS; i++) {
      covered += followShape(model, Conversation.about(name), random);
    }

    boolean isOpaque = model.shape() instanceof Shape.Opaque;
    assertThat(covered).isGreaterThan(isOpaque ? -1 : WALKS);
  }

  /// Puts random calls to the model and to the plainest object of its shape, and compares.
  private static <S> int followShape(
      Model<S> model, Conversation conversation, RandomGenerator random) {
    Optional<ShapeReference> reference = ShapeReference.of(model.shape());
    if (reference.isEmpty()) {
      return 0;
    }
    Draw draw = new Draw(random, random.nextBoolean());
    S state = model.initial();
    int covered = 0;
    for (int i = 0; i < LONGEST_WALK; i++) {
      Call call = call(conversation, draw);
      ShapeReference.Reaction reaction = reference.get().take(call);
      if (reaction != ShapeReference.Reaction.NOT_COVERED) {
        List<S> next = model.step(state, call);
        assertThat(next).hasSize(reaction == ShapeReference.Reaction.ALLOWED ? 1 : 0);
        state = next.isEmpty() ? state : next.getFirst();
        covered++;
      }
    }
    return covered;
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatNobodySawMayHaveBeenAnything(String name) {
    if (!MODEST.contains(name)) {
      checkUnseen(Models.named(name));
    }
  }

  /// What did nothing need not be listed: an unanswered call may as well not have happened.
  private static <S> void checkUnseen(Model<S> model) {
    for (Walk<S> walk : walks(model)) {
      for (int i = 0; i < walk.taken().size(); i++) {
        S state = walk.states().get(i);
        Call call = walk.taken().get(i);
        Call unseen = new Call(call.function(), call.input(), Outcome.unknown());
        List<S> ifUnseen = new ArrayList<>(model.step(state, unseen));
        ifUnseen.add(state);
        assertThat(ifUnseen).as("%s in %s", call, state).containsAll(model.step(state, call));
      }
    }
  }
}
