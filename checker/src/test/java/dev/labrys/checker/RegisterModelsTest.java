package dev.labrys.checker;

import static dev.labrys.checker.Steps.NIL;
import static dev.labrys.checker.Steps.after;
import static dev.labrys.checker.Steps.allows;
import static dev.labrys.checker.Steps.answered;
import static dev.labrys.checker.Steps.call;
import static dev.labrys.checker.Steps.list;
import static dev.labrys.checker.Steps.threes;
import static dev.labrys.checker.Steps.unanswered;
import static dev.labrys.checker.Steps.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the models that hold values allow and refuse.
final class RegisterModelsTest {

  @Test
  void registerHoldsWhatWasWrittenLast() {
    assertThat(allows("register", answered("read", NIL))).isTrue();
    assertThat(allows("register", call("write", 1), call("write", 2), answered("read", 2)))
        .isTrue();
    assertThat(allows("register", call("write", 1), call("write", 2), answered("read", 1)))
        .isFalse();
    assertThat(allows("register", call("write", 3), unanswered("read"), answered("read", 3)))
        .isTrue();
    assertThat(allows("register", unanswered("write", 4), answered("read", 4))).isTrue();
  }

  @Test
  void registerComparesStrictly() {
    assertThat(allows("register", call("write", 1), answered("read", "1"))).isFalse();
    assertThat(allows("register", call("write", "a"), answered("read", ":a"))).isFalse();
  }

  @Test
  void casReplacesOnlyWhatMatches() {
    Call toTwo = call("cas", list(1, 2));

    assertThat(allows("cas-register", call("write", 1), toTwo, answered("read", 2))).isTrue();
    assertThat(allows("cas-register", call("write", 3), toTwo)).isFalse();
    assertThat(allows("cas-register", call("cas", list(NIL, 5)), answered("read", 5))).isTrue();
    assertThat(allows("cas-register", call("write", 1), unanswered("cas", list(1, 2)))).isTrue();
    assertThat(allows("cas-register", call("write", 3), unanswered("cas", list(1, 2)))).isFalse();
  }

  @Test
  void casThatAnswersFalseSawSomethingElse() {
    Call refused = answered("cas", list(1, 2), false);

    assertThat(after("cas-register", call("write", 3), refused)).containsExactly("3");
    assertThat(allows("cas-register", call("write", 1), refused)).isFalse();
    assertThat(allows("cas-register", call("write", 1), answered("cas", list(1, 2), true)))
        .isTrue();
    assertThat(Models.casRegister().isReadOnly(refused)).isTrue();
    assertThat(Models.casRegister().isReadOnly(call("cas", list(2, 2)))).isTrue();
    assertThat(Models.casRegister().isReadOnly(call("cas", list(1, 2)))).isFalse();
  }

  @Test
  void kvForgetsWhatIsDeleted() {
    assertThat(allows("kv", call("put", 1), answered("get", 1), answered("read", 1))).isTrue();
    assertThat(allows("kv", call("write", 1), call("delete"), answered("get", NIL))).isTrue();
    assertThat(allows("kv", call("put", 1), call("delete"), answered("get", 1))).isFalse();
    assertThat(allows("kv", call("put", 1), call("cas", list(1, 2)), answered("get", 2))).isTrue();
    assertThat(allows("kv", call("delete"), call("cas", list(1, 2)))).isFalse();
  }

  @Test
  void kvAppendsTextsToTexts() {
    assertThat(after("kv", call("append", "a"), call("append", "b"))).containsExactly("\"ab\"");
    assertThat(allows("kv", call("put", 1), call("append", "a"))).isFalse();
    assertThat(allows("kv", call("append", "a"), answered("get", "b"))).isFalse();
  }

  @Test
  void kvStringStartsEmpty() {
    assertThat(allows("kv-string", answered("get", ""))).isTrue();
    assertThat(allows("kv-string", answered("get", NIL))).isFalse();
    assertThat(allows("kv-string", call("append", "x"), call("append", "y"), answered("get", "xy")))
        .isTrue();
    assertThat(allows("kv-string", call("append", "x"), call("put", "z"), answered("get", "xz")))
        .isFalse();
  }

  @Test
  void counterSumsUp() {
    assertThat(allows("counter", answered("read", 0))).isTrue();
    assertThat(allows("counter", call("add", 5), call("decrement"), answered("read", 4))).isTrue();
    assertThat(allows("counter", call("increment", 3), call("increment"), answered("read", 4)))
        .isTrue();
    assertThat(allows("counter", call("add", -2), answered("read", -1))).isFalse();
    assertThat(allows("counter", unanswered("add", 7), answered("read", 7))).isTrue();
  }

  @Test
  void uniqueIdNeverRepeatsItself() {
    assertThat(allows("unique-id", answered("generate", 2), answered("generate", 1))).isTrue();
    assertThat(allows("unique-id", answered("generate", 2), answered("generate", 2))).isFalse();
    assertThat(allows("unique-id", unanswered("generate"), answered("generate", 3))).isTrue();
    assertThat(after("unique-id", answered("generate", 2), answered("generate", 1)))
        .containsExactly("given out [1, 2]");
  }

  @Test
  void multiRegisterTakesTransactionsAtOnce() {
    Call move = answered("txn", threes("w", "x", 1, "w", "y", 2), threes("w", "x", 1, "w", "y", 2));

    assertThat(allows("multi-register", move, readXAndY(1, 2))).isTrue();
    assertThat(allows("multi-register", move, readXAndY(1, NIL))).isFalse();
    assertThat(allows("multi-register", readXAndY(NIL, NIL))).isTrue();
    assertThat(allows("multi-register", unanswered("txn", threes("r", "x", NIL)))).isTrue();
  }

  @Test
  void multiRegisterReadsItsOwnWrites() {
    Call mixed =
        answered("txn", threes("w", "x", 1, "r", "x", NIL), threes("w", "x", 1, "r", "x", 1));
    Call stale =
        answered("txn", threes("w", "x", 1, "r", "x", NIL), threes("w", "x", 1, "r", "x", 0));

    assertThat(allows("multi-register", mixed)).isTrue();
    assertThat(allows("multi-register", stale)).isFalse();
  }

  @Test
  void multiRegisterTakesMaps() {
    Call write = call("write", Map.of("x", 1, "y", 2));

    assertThat(allows("multi-register", write, answered("read", Map.of("x", 1, "y", 2)))).isTrue();
    assertThat(allows("multi-register", write, answered("read", Map.of("y", 2)))).isTrue();
    assertThat(allows("multi-register", write, answered("read", Map.of("y", 1)))).isFalse();
    assertThat(Models.multiRegister().isReadOnly(unanswered("read"))).isTrue();
    assertThat(Models.multiRegister().isReadOnly(write)).isFalse();
  }

  @Test
  void bankMovesMoneyButMakesNone() {
    Call pay = call("transfer", transfer(70));

    assertThat(allows("bank", pay, answered("read", Map.of("ann", 30, "bob", 170)))).isTrue();
    assertThat(allows("bank", pay, answered("read", Map.of("ann", 100, "bob", 170)))).isFalse();
    assertThat(allows("bank", answered("read", Map.of("eve", 100)))).isTrue();
    assertThat(allows("bank", pay, pay)).isFalse();
    assertThat(after("bank", pay)).containsExactly("{\"ann\"=30, \"bob\"=170}");
    assertThat(after("bank")).containsExactly("every account 100");
  }

  @Test
  void bankRefusesWhatIsNotCovered() {
    Call refused = answered("transfer", transfer(70), false);

    assertThat(allows("bank", refused)).isFalse();
    assertThat(allows("bank", call("transfer", transfer(40)), refused)).isTrue();
    assertThat(Models.bank().isReadOnly(refused)).isTrue();
    Model<?> lenient = Models.bankWithOverdraft(Map.of(value("ann"), 10L));
    assertThat(
            allows(
                lenient,
                call("transfer", transfer(70)),
                answered("read", Map.of("ann", -60, "bob", 70))))
        .isTrue();
    assertThat(allows(Models.bank(Map.of(value("ann"), 10L)), call("transfer", transfer(70))))
        .isFalse();
  }

  @Test
  void malformedCallsSayWhatWasExpected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("cas-register", call("cas", 5)))
        .withMessage("cas needs [old new], but found 5 in cas(5) → nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("register", call("cas", list(1, 2))))
        .withMessage("register knows read, write, but not cas");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("counter", answered("read", "many")))
        .withMessageContaining("read answers a whole number, but found \"many\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("counter", call("add")))
        .withMessageContaining("add needs a whole number, but found nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("kv-string", call("put", 1)))
        .withMessageContaining("put needs a text, but found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("unique-id", answered("generate", NIL)))
        .withMessageContaining("generate answers an id, but found nil");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("bank", call("transfer", Map.of(":from", 1, ":to", 2))))
        .withMessageContaining("transfer needs {:from account, :to account, :amount number}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allows("multi-register", call("txn", list(list("q", 1, 2)))))
        .withMessageContaining("txn needs a list of steps [:r key nil] and [:w key value]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> allows("multi-register", answered("txn", threes("r", 1, 2), threes("r", 7, 2))))
        .withMessageContaining("txn answers the steps it was asked");
  }

  private static Call readXAndY(Object x, Object y) {
    return answered(
        "txn", threes(":r", "x", NIL, ":r", "y", NIL), threes("r", "x", x, "r", "y", y));
  }

  private static Map<String, Object> transfer(int amount) {
    return Map.of(":from", "ann", "to", "bob", ":amount", amount);
  }
}
