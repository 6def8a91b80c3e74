package dev.labrys.checker;

import static dev.labrys.checker.Steps.NIL;
import static dev.labrys.checker.Steps.after;
import static dev.labrys.checker.Steps.allows;
import static dev.labrys.checker.Steps.answered;
import static dev.labrys.checker.Steps.call;
import static dev.labrys.checker.Steps.list;
import static dev.labrys.checker.Steps.threes;
import static dev.labrys.checker.Steps.unanswered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the models that hold many values, and the locks, allow and refuse.
final class CollectionModelsTest {

  @ParameterizedTest
  @ValueSource(strings = {"append", "kv-append"})
  void listKeepsTheOrderOfAppends(String model) {
    Call one = call("append", 1);
    Call two = unanswered("append", 2);

    assertThat(allows(model, answered("read", list()), answered("read", NIL))).isTrue();
    assertThat(allows(model, one, two, answered("read", list(1, 2)))).isTrue();
    assertThat(allows(model, one, two, answered("read", list(2, 1)))).isFalse();
    assertThat(allows(model, one, two, answered("read", list(1)))).isFalse();
    assertThat(allows(model, one, two, answered("read", NIL))).isFalse();
    assertThat(after(model, one, two, unanswered("read"))).containsExactly("[1, 2]");
  }

  @Test
  void listThatContradictsAReadNeverAgreesAgain() {
    Model<Chain> model = new AppendList("append");
    Chain state = Chain.EMPTY.with(Steps.value(1));

    assertThat(model.mayLeadTo(state, answered("read", list(1, 2)))).isTrue();
    assertThat(model.mayLeadTo(state, answered("read", list(2, 1)))).isFalse();
    assertThat(model.mayLeadTo(state, answered("read", list()))).isFalse();
    assertThat(model.mayLeadTo(state, unanswered("read"))).isTrue();
    assertThat(model.mayLeadTo(state, call("append", 1))).isTrue();
  }

  @Test
  void logNumbersItsRecords() {
    Call a = answered("append", "a", 0);
    Call b = answered("append", "b", list(1, "b"));

    assertThat(allows("log", a, b, answered("read", 1, "b"))).isTrue();
    assertThat(allows("log", a, b, answered("read", 0, "b"))).isFalse();
    assertThat(allows("log", a, answered("read", 1, NIL))).isTrue();
    assertThat(allows("log", a, answered("read", 0, NIL))).isFalse();
    assertThat(allows("log", a, answered("append", "c", 0))).isFalse();
    assertThat(allows("log", a, unanswered("append", "c"), answered("append", "d", 2))).isTrue();
    assertThat(after("log", a, call("append", "c"))).containsExactly("[\"a\", \"c\"]");
  }

  @Test
  void logNeverGivesAnOffsetTwice() {
    Log model = new Log();
    ValueMap<dev.labrys.history.Value> state =
        model.step(model.initial(), call("append", "a")).getFirst();

    assertThat(model.mayLeadTo(state, answered("append", "b", 0))).isFalse();
    assertThat(model.mayLeadTo(state, answered("append", "b", 3))).isTrue();
    assertThat(model.mayLeadTo(state, answered("read", 0, NIL))).isFalse();
    assertThat(model.mayLeadTo(state, answered("read", 1, "z"))).isTrue();
  }

  @Test
  void queueIsFirstInFirstOut() {
    Call one = call("enqueue", 1);
    Call two = call("enqueue", 2);

    assertThat(allows("queue", one, two, answered("dequeue", 1), answered("dequeue", 2))).isTrue();
    assertThat(allows("queue", one, two, answered("dequeue", 2))).isFalse();
    assertThat(allows("queue", one, answered("dequeue", 1), answered("dequeue", 1))).isFalse();
    assertThat(allows("queue", answered("dequeue", NIL), one)).isTrue();
    assertThat(allows("queue", one, answered("dequeue", NIL))).isFalse();
  }

  @Test
  void unansweredDequeueTakesTheHeadIfThereIsOne() {
    assertThat(after("queue", call("enqueue", 1), call("enqueue", 2), unanswered("dequeue")))
        .containsExactly("[2]");
    assertThat(after("queue", unanswered("dequeue"))).containsExactly("[]");
  }

  @Test
  void unorderedQueueGivesOutInAnyOrder() {
    Call one = call("enqueue", 1);
    Call two = call("enqueue", 2);

    assertThat(allows("unordered-queue", one, two, answered("dequeue", 2), answered("dequeue", 1)))
        .isTrue();
    assertThat(allows("unordered-queue", one, one, answered("dequeue", 1), answered("dequeue", 1)))
        .isTrue();
    assertThat(allows("unordered-queue", one, answered("dequeue", 1), answered("dequeue", 1)))
        .isFalse();
    assertThat(allows("unordered-queue", one, answered("dequeue", NIL))).isFalse();
  }

  @Test
  void unorderedQueueHasAChoiceWhenNobodySees() {
    Call[] calls = {
      call("enqueue", 1), call("enqueue", 2), call("enqueue", 2), unanswered("dequeue")
    };

    assertThat(after("unordered-queue", calls)).containsExactlyInAnyOrder("[1, 2]", "[2, 2]");
    assertThat(after("unordered-queue", unanswered("dequeue"))).containsExactly("[]");
  }

  @Test
  void stackIsLastInFirstOut() {
    Call one = call("push", 1);
    Call two = call("push", 2);

    assertThat(allows("stack", one, two, answered("pop", 2), answered("pop", 1))).isTrue();
    assertThat(allows("stack", one, two, answered("pop", 1))).isFalse();
    assertThat(allows("stack", one, answered("pop", NIL))).isFalse();
    assertThat(allows("stack", one, unanswered("pop"), answered("pop", NIL))).isTrue();
    assertThat(allows("stack", unanswered("pop"), two, answered("pop", 2))).isTrue();
  }

  @Test
  void setIsReadAsAWhole() {
    Call one = call("add", 1);
    Call two = call("add", 2);

    assertThat(allows("set", answered("read", Set.of()), answered("read", NIL))).isTrue();
    assertThat(allows("set", one, two, one, answered("read", Set.of(2, 1)))).isTrue();
    assertThat(allows("set", one, two, answered("read", list(2, 1)))).isTrue();
    assertThat(allows("set", one, two, answered("read", list(1, 1)))).isFalse();
    assertThat(allows("set", one, two, answered("read", Set.of(1)))).isFalse();
    assertThat(allows("set", one, call("remove", 1), answered("read", Set.of()))).isTrue();
    assertThat(after("set", two, one)).containsExactly("#{1, 2}");
  }

  @Test
  void setTellsWhatItContains() {
    Call one = call("add", 1);

    assertThat(allows("set", one, answered("contains", 1, true))).isTrue();
    assertThat(allows("set", one, answered("contains", 1, false))).isFalse();
    assertThat(allows("set", one, answered("contains", 2, true))).isFalse();
    assertThat(allows("set", one, call("remove", 1), answered("contains", 1, true))).isFalse();
  }

  @Test
  void setMayTellWhetherItChanged() {
    Call one = call("add", 1);

    assertThat(allows("set", answered("add", 1, true), answered("add", 1, false))).isTrue();
    assertThat(allows("set", one, answered("add", 1, true))).isFalse();
    assertThat(allows("set", answered("add", 1, false))).isFalse();
    assertThat(allows("set", one, answered("remove", 1, true))).isTrue();
    assertThat(allows("set", one, answered("remove", 1, false))).isFalse();
    assertThat(allows("set", answered("remove", 1, true))).isFalse();
    assertThat(Models.set().isReadOnly(answered("add", 1, false))).isTrue();
    assertThat(Models.set().isReadOnly(answered("add", 1, true))).isFalse();
  }

  @Test
  void listAppendTakesTransactionsAtOnce() {
    Call append = call("txn", threes("append", "x", 1, "append", "y", 2));

    assertThat(allows("list-append", append, readLists(list(1), list(2)))).isTrue();
    assertThat(allows("list-append", append, readLists(list(1), list()))).isFalse();
    assertThat(allows("list-append", append, readLists(list(1), NIL))).isFalse();
    assertThat(allows("list-append", readLists(NIL, list()))).isTrue();
    assertThat(allows("list-append", unanswered("txn", threes(":append", "x", 1)))).isTrue();
    assertThat(after("list-append", append)).containsExactly("{\"x\"=[1], \"y\"=[2]}");
  }

  @Test
  void listAppendReadsItsOwnAppends() {
    Object asked = threes(":r", "x", NIL, ":append", "x", 2, ":r", "x", NIL);
    Object seen = threes(":r", "x", list(1), ":append", "x", 2, ":r", "x", list(1, 2));
    Object missed = threes(":r", "x", list(1), ":append", "x", 2, ":r", "x", list(1));
    Call one = call("txn", threes("append", "x", 1));

    assertThat(allows("list-append", one, answered("txn", asked, seen))).isTrue();
    assertThat(allows("list-append", one, answered("txn", asked, missed))).isFalse();
  }

  private static Call readLists(Object x, Object y) {
    return answered("txn", threes("r", "x", NIL, "r", "y", NIL), threes("r", "x", x, "r", "y", y));
  }

  @Test
  void mutexIsHeldByOneAtATime() {
    Call acquire = call("acquire");
    Call release = unanswered("release");

    assertThat(allows("mutex", acquire, release, acquire)).isTrue();
    assertThat(allows("mutex", acquire, acquire)).isFalse();
    assertThat(allows("mutex", release)).isFalse();
    assertThat(allows("mutex", acquire, answered("acquire", false))).isTrue();
    assertThat(allows("mutex", answered("acquire", false))).isFalse();
    assertThat(allows("mutex", answered("release", false))).isTrue();
    assertThat(after("mutex", acquire)).containsExactly("held");
    assertThat(after("mutex")).containsExactly("free");
  }

  @Test
  void reentrantMutexCountsItsHolds() {
    Call annAcquires = call("acquire", "ann");
    Call annReleases = call("release", "ann");
    Call bobAcquires = call("acquire", "bob");

    assertThat(allows("reentrant-mutex", annAcquires, annAcquires, annReleases, annReleases))
        .isTrue();
    assertThat(
            allows(
                "reentrant-mutex", annAcquires, annAcquires, annReleases, annReleases, bobAcquires))
        .isTrue();
    assertThat(allows("reentrant-mutex", annAcquires, annAcquires, annReleases, bobAcquires))
        .isFalse();
    assertThat(allows("reentrant-mutex", bobAcquires, annReleases)).isFalse();
    assertThat(allows("reentrant-mutex", annReleases)).isFalse();
    assertThat(after("reentrant-mutex", annAcquires, annAcquires))
        .containsExactly("held 2 times by \"ann\"");
  }

  @Test
  void fencedMutexGivesGrowingTokens() {
    Call bobReleases = call("release", "bob");

    assertThat(allows("fenced-mutex", bob(3), bobReleases, bob(4))).isTrue();
    assertThat(allows("fenced-mutex", bob(3), bobReleases, bob(3))).isFalse();
    assertThat(allows("fenced-mutex", bob(3), bob(4))).isFalse();
    assertThat(allows("fenced-mutex", bob(3), call("release", "ann"))).isFalse();
    assertThat(allows("fenced-mutex", bobReleases)).isFalse();
    assertThat(after("fenced-mutex", bob(3))).containsExactly("held by \"bob\", last token 3");
    assertThat(after("fenced-mutex")).containsExactly("free, no token yet");
  }

  @Test
  void aLostFencingTokenLiesBetweenItsNeighbours() {
    Call lost = unanswered("acquire", "ann");
    Call annReleases = call("release", "ann");
    Call bobReleases = call("release", "bob");

    assertThat(allows("fenced-mutex", bob(3), bobReleases, lost, annReleases, bob(5))).isTrue();
    assertThat(allows("fenced-mutex", bob(3), bobReleases, lost, annReleases, bob(4))).isFalse();
  }

  private static Call bob(int token) {
    return answered("acquire", "bob", token);
  }

  @Test
  void malformedCallsSayWhatWasExpected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("queue", call("enqueue")))
        .withMessage("enqueue needs an element, but found nil in enqueue() → nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("append", answered("read", 7)))
        .withMessageContaining("read answers a list, but found 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("set", answered("read", 7)))
        .withMessageContaining("read answers a set or a list, but found 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("set", call("contains", 7)))
        .withMessageContaining("contains answers true or false, but found nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("log", answered("read", -1, NIL)))
        .withMessageContaining("read needs an offset from 0 up, but found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("log", answered("append", "a", "b")))
        .withMessageContaining("append answers an offset or [offset record], but found \"b\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("reentrant-mutex", call("acquire")))
        .withMessageContaining("acquire needs the owner, but found nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("fenced-mutex", call("acquire", "ann")))
        .withMessageContaining("acquire answers a fencing token, a whole number, but found nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("list-append", call("txn", "x")))
        .withMessageContaining("txn needs a list of steps [:r key nil] and [:append key value]");
  }
}
