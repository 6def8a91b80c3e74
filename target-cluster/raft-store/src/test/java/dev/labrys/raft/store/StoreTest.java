package dev.labrys.raft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreTest {
  private static final Answer DONE = new Answer.Done();
  private static final Answer YES = new Answer.Truth(true);
  private static final Answer NO = new Answer.Truth(false);
  private static final Answer NOTHING = new Answer.Found(Datum.nothing());
  private static final Answer FULL = new Answer.Refused(Answer.Reason.FULL);

  private final Store store = new Store();

  private Answer apply(Command command) {
    return apply(store, command);
  }

  private static Answer apply(Store store, Command command) {
    return answer(store.apply(1, command.toBytes()));
  }

  private Answer ask(Query query) {
    return answer(store.query(query.toBytes()));
  }

  private static Answer answer(Bytes bytes) {
    try {
      return Answer.of(bytes);
    } catch (WireFormatException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static Answer found(long number) {
    return new Answer.Found(Datum.of(number));
  }

  private static Answer found(String text) {
    return new Answer.Found(Datum.of(text));
  }

  @Test
  void aRegisterHoldsWhatWasPutLast() {
    assertThat(ask(new Query.Get("x"))).isEqualTo(NOTHING);
    assertThat(apply(new Command.Put("x", Datum.of(7)))).isEqualTo(DONE);
    assertThat(apply(new Command.Put("y", Datum.of("seven")))).isEqualTo(DONE);
    assertThat(ask(new Query.Get("x"))).isEqualTo(found(7));
    assertThat(ask(new Query.Get("y"))).isEqualTo(found("seven"));
    assertThat(apply(new Command.Delete("x"))).isEqualTo(DONE);
    assertThat(ask(new Query.Get("x"))).isEqualTo(NOTHING);
    assertThat(ask(new Query.Get("y"))).isEqualTo(found("seven"));
  }

  @Test
  void textsGrowByAppending() {
    assertThat(apply(new Command.Append("x", Datum.of("a")))).isEqualTo(DONE);
    assertThat(apply(new Command.Append("x", Datum.of("žb")))).isEqualTo(DONE);
    Bytes before = store.query(new Query.Get("x").toBytes());
    assertThat(apply(new Command.Append("x", Datum.of("c")))).isEqualTo(DONE);

    assertThat(ask(new Query.Get("x"))).isEqualTo(found("ažbc"));
    assertThat(answer(before)).isEqualTo(found("ažb"));
  }

  @Test
  void aTextThatWasReplacedGrowsAnew() {
    apply(new Command.Append("x", Datum.of("a")));
    apply(new Command.Append("x", Datum.of("b")));
    apply(new Command.Put("x", Datum.of("c")));
    apply(new Command.Append("x", Datum.of("d")));

    assertThat(ask(new Query.Get("x"))).isEqualTo(found("cd"));
  }

  @Test
  void nothingIsAppendedToANumber() {
    apply(new Command.Put("x", Datum.of(7)));

    assertThat(apply(new Command.Append("x", Datum.of("a"))))
        .isEqualTo(new Answer.Refused(Answer.Reason.NOT_A_TEXT));
    assertThat(ask(new Query.Get("x"))).isEqualTo(found(7));
  }

  @Test
  void compareAndSetReplacesWhatItExpects() {
    assertThat(apply(new Command.CompareAndSet("x", Datum.of(1), Datum.of(2)))).isEqualTo(NO);
    assertThat(apply(new Command.CompareAndSet("x", Datum.nothing(), Datum.of(1)))).isEqualTo(YES);
    assertThat(apply(new Command.CompareAndSet("x", Datum.of("1"), Datum.of(3)))).isEqualTo(NO);
    assertThat(apply(new Command.CompareAndSet("x", Datum.of(1), Datum.of(2)))).isEqualTo(YES);
    assertThat(ask(new Query.Get("x"))).isEqualTo(found(2));
    assertThat(apply(new Command.CompareAndSet("x", Datum.of(2), Datum.nothing()))).isEqualTo(YES);
    assertThat(ask(new Query.Get("x"))).isEqualTo(NOTHING);
  }

  @Test
  void aListTellsThePlaceOfEachItem() {
    assertThat(apply(new Command.AppendItem("l", Datum.of(5)))).isEqualTo(found(0));
    assertThat(apply(new Command.AppendItem("l", Datum.of("b")))).isEqualTo(found(1));
    assertThat(apply(new Command.AppendItem("m", Datum.of(6)))).isEqualTo(found(0));

    assertThat(ask(new Query.ReadList("l")))
        .isEqualTo(new Answer.Items(List.of(Datum.of(5), Datum.of("b"))));
    assertThat(ask(new Query.ItemAt("l", 1))).isEqualTo(found("b"));
    assertThat(ask(new Query.ItemAt("l", 2))).isEqualTo(NOTHING);
    assertThat(ask(new Query.ItemAt("l", -1))).isEqualTo(NOTHING);
    assertThat(ask(new Query.ReadList("n"))).isEqualTo(new Answer.Items(List.of()));
  }

  @Test
  void aCounterTellsEachTotal() {
    assertThat(apply(new Command.Add("c", 5))).isEqualTo(found(5));
    assertThat(apply(new Command.Add("c", -7))).isEqualTo(found(-2));
    assertThat(ask(new Query.Total("c"))).isEqualTo(found(-2));
    assertThat(apply(new Command.Add("c", Long.MIN_VALUE))).isEqualTo(found(Long.MAX_VALUE - 1));
    assertThat(ask(new Query.Total("d"))).isEqualTo(found(0));
  }

  @Test
  void aTransferNeedsCover() {
    apply(new Command.Add("a", 10));

    assertThat(apply(new Command.Transfer("a", "b", 4))).isEqualTo(YES);
    assertThat(apply(new Command.Transfer("a", "b", 7))).isEqualTo(NO);
    assertThat(apply(new Command.Transfer("a", "a", 6))).isEqualTo(YES);
    assertThat(ask(new Query.All(List.of(new Query.Total("a"), new Query.Total("b")))))
        .isEqualTo(new Answer.Each(List.of(found(6), found(4))));
  }

  @Test
  void aSetHasEachElementOnce() {
    assertThat(apply(new Command.Insert("s", Datum.of(2)))).isEqualTo(YES);
    assertThat(apply(new Command.Insert("s", Datum.of(1)))).isEqualTo(YES);
    assertThat(apply(new Command.Insert("s", Datum.of(2)))).isEqualTo(NO);
    assertThat(ask(new Query.Elements("s")))
        .isEqualTo(new Answer.Items(List.of(Datum.of(2), Datum.of(1))));
    assertThat(apply(new Command.Remove("s", Datum.of(2)))).isEqualTo(YES);
    assertThat(apply(new Command.Remove("s", Datum.of(2)))).isEqualTo(NO);
    assertThat(ask(new Query.Contains("s", Datum.of(2)))).isEqualTo(NO);
    assertThat(ask(new Query.Contains("s", Datum.of(1)))).isEqualTo(YES);
  }

  @Test
  void aQueueGivesOutAtEitherEnd() {
    for (int i = 1; i <= 4; i++) {
      assertThat(apply(new Command.Enqueue("q", Datum.of(i)))).isEqualTo(DONE);
    }

    assertThat(apply(new Command.Dequeue("q", Command.End.OLDEST))).isEqualTo(found(1));
    assertThat(apply(new Command.Dequeue("q", Command.End.NEWEST))).isEqualTo(found(4));
    assertThat(apply(new Command.Dequeue("q", Command.End.OLDEST))).isEqualTo(found(2));
    assertThat(apply(new Command.Dequeue("q", Command.End.OLDEST))).isEqualTo(found(3));
    assertThat(apply(new Command.Dequeue("q", Command.End.OLDEST))).isEqualTo(NOTHING);
  }

  @Test
  void aLockIsHeldByOneOwner() {
    assertThat(ask(new Query.Holder("k"))).isEqualTo(NOTHING);
    assertThat(apply(new Command.Acquire("k", "ann", Command.Again.VAIN))).isEqualTo(found(1));
    assertThat(apply(new Command.Acquire("k", "bob", Command.Again.VAIN))).isEqualTo(NOTHING);
    assertThat(apply(new Command.Acquire("k", "ann", Command.Again.VAIN))).isEqualTo(NOTHING);
    assertThat(ask(new Query.Holder("k"))).isEqualTo(found("ann"));
    assertThat(apply(new Command.Release("k", "bob"))).isEqualTo(NO);
    assertThat(apply(new Command.Release("k", "ann"))).isEqualTo(YES);
    assertThat(apply(new Command.Release("k", "ann"))).isEqualTo(NO);
    assertThat(apply(new Command.Acquire("k", "bob", Command.Again.VAIN))).isEqualTo(found(2));
    assertThat(apply(new Command.Acquire("j", "bob", Command.Again.VAIN))).isEqualTo(found(1));
  }

  @Test
  void aLockCanBeHeldSeveralTimes() {
    assertThat(apply(new Command.Acquire("k", "ann", Command.Again.COUNTED))).isEqualTo(found(1));
    assertThat(apply(new Command.Acquire("k", "ann", Command.Again.COUNTED))).isEqualTo(found(1));
    assertThat(apply(new Command.Acquire("k", "bob", Command.Again.COUNTED))).isEqualTo(NOTHING);
    assertThat(apply(new Command.Release("k", "ann"))).isEqualTo(YES);
    assertThat(apply(new Command.Acquire("k", "bob", Command.Again.COUNTED))).isEqualTo(NOTHING);
    assertThat(apply(new Command.Release("k", "ann"))).isEqualTo(YES);
    assertThat(apply(new Command.Acquire("k", "bob", Command.Again.COUNTED))).isEqualTo(found(2));
  }

  @Test
  void objectsOfDifferentKindsShareNoNames() {
    apply(new Command.Put("x", Datum.of(1)));
    apply(new Command.AppendItem("x", Datum.of(2)));
    apply(new Command.Add("x", 3));
    apply(new Command.Insert("x", Datum.of(4)));
    apply(new Command.Enqueue("x", Datum.of(5)));

    assertThat(ask(new Query.Get("x"))).isEqualTo(found(1));
    assertThat(ask(new Query.ItemAt("x", 0))).isEqualTo(found(2));
    assertThat(ask(new Query.Total("x"))).isEqualTo(found(3));
    assertThat(ask(new Query.Elements("x"))).isEqualTo(new Answer.Items(List.of(Datum.of(4))));
    assertThat(apply(new Command.Dequeue("x", Command.End.OLDEST))).isEqualTo(found(5));
  }

  @Test
  void theStepsOfATransactionSeeEachOther() {
    Command transaction =
        new Command.All(
            List.of(
                new Query.ReadList("l"),
                new Command.AppendItem("l", Datum.of(7)),
                new Query.ReadList("l"),
                new Command.Put("x", Datum.of(8)),
                new Command.Append("x", Datum.of("no")),
                new Query.Get("x")));

    assertThat(apply(transaction))
        .isEqualTo(
            new Answer.Each(
                List.of(
                    new Answer.Items(List.of()),
                    found(0),
                    new Answer.Items(List.of(Datum.of(7))),
                    DONE,
                    new Answer.Refused(Answer.Reason.NOT_A_TEXT),
                    found(8))));
  }

  @Test
  void stepsDontNest() {
    Query.All queries = new Query.All(List.of());
    Command.All steps = new Command.All(List.of(new Query.Get("x")));

    assertThatThrownBy(() -> new Query.All(List.of(queries)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Command.All(List.of(queries)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Command.All(List.of(steps)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Answer.Each(List.of(new Answer.Each(List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Command.Transfer("a", "b", -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCommandIsNoQuery() {
    assertThat(answer(store.query(new Command.Add("x", 1).toBytes())))
        .isEqualTo(new Answer.Refused(Answer.Reason.NOT_A_QUERY));
    assertThat(ask(new Query.Total("x"))).isEqualTo(found(0));
    assertThat(answer(store.apply(1, new Query.Total("x").toBytes()))).isEqualTo(found(0));
  }

  @Test
  void malformedBytesAreToldSo() {
    Answer malformed = new Answer.Refused(Answer.Reason.MALFORMED);

    assertThat(answer(store.apply(1, Bytes.EMPTY))).isEqualTo(malformed);
    assertThat(answer(store.apply(1, Bytes.of("x")))).isEqualTo(malformed);
    assertThat(answer(store.query(Bytes.of("\u0001x")))).isEqualTo(malformed);
    assertThatThrownBy(() -> store.restore(Bytes.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("this is no snapshot of a store");
  }

  @Test
  void whatIsFullTakesNoMore() {
    Store small = new Store(new StoreLimits(3, 2));
    for (int i = 1; i <= 2; i++) {
      String name = "x" + i;
      assertThat(apply(small, new Command.Put(name, Datum.of("ab")))).isEqualTo(DONE);
      assertThat(apply(small, new Command.Add(name, 9))).isEqualTo(found(9));
      apply(small, new Command.AppendItem("x1", Datum.of(i)));
      apply(small, new Command.Insert("x1", Datum.of(i)));
      apply(small, new Command.Enqueue("x1", Datum.of(i)));
      apply(small, new Command.Acquire(name, "ann", Command.Again.VAIN));
    }

    assertThat(apply(small, new Command.Append("x1", Datum.of("c")))).isEqualTo(DONE);
    assertThat(apply(small, new Command.Append("x1", Datum.of("d")))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Put("x3", Datum.of(1)))).isEqualTo(FULL);
    assertThat(apply(small, new Command.CompareAndSet("x3", Datum.nothing(), Datum.of(1))))
        .isEqualTo(FULL);
    assertThat(apply(small, new Command.Append("x3", Datum.of("e")))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Add("x3", 1))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Transfer("x1", "x3", 1))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Acquire("x3", "ann", Command.Again.VAIN))).isEqualTo(FULL);
    assertThat(apply(small, new Command.AppendItem("x1", Datum.of(3)))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Insert("x1", Datum.of(2)))).isEqualTo(NO);
    assertThat(apply(small, new Command.Insert("x1", Datum.of(3)))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Enqueue("x1", Datum.of(3)))).isEqualTo(FULL);
    assertThat(apply(small, new Command.Enqueue("x2", Datum.of(3)))).isEqualTo(DONE);
    assertThat(apply(small, new Command.Enqueue("x3", Datum.of(3)))).isEqualTo(FULL);
  }
}
