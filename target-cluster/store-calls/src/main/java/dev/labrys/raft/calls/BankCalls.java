package dev.labrys.raft.calls;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A bank is its accounts: the key of an action lists them all.
final class BankCalls {
  private static final String MODEL = "bank";

  private BankCalls() {}

  static Asking of(Action action) {
    return switch (action.function()) {
      case "transfer" ->
          new Asking(
              new Command.Transfer(
                  account(part(action, "from")),
                  account(part(action, "to")),
                  whole(action, part(action, "amount"))),
              Words::plain);
      // No function of the model: how accounts come to hold what they hold at first.
      case "deposit" ->
          new Asking(
              new Command.Add(account(part(action, "to")), whole(action, part(action, "amount"))),
              Words::plain);
      case "read" -> balances(accounts(action));
      default -> throw new Words(action).unknown();
    };
  }

  private static Value part(Action action, String name) {
    Value found =
        action.input() instanceof Value.MapOf(Map<Value, Value> parts)
            ? parts.get(Value.keyword(name))
            : null;
    if (found == null) {
      throw new IllegalArgumentException(
          "%s of a bank wants :%s, and has %s".formatted(action.function(), name, action.input()));
    }
    return found;
  }

  private static long whole(Action action, Value value) {
    if (value instanceof Value.Int(long number)) {
      return number;
    }
    throw new IllegalArgumentException(
        "%s of a bank wants a whole number, not %s".formatted(action.function(), value));
  }

  private static List<Value> accounts(Action action) {
    if (action.key() instanceof Value.Sequence accounts) {
      return IntStream.range(0, accounts.size()).mapToObj(accounts::item).toList();
    }
    throw new IllegalArgumentException(
        "the key of a bank is all its accounts, not " + action.key());
  }

  private static String account(Value account) {
    return Words.name(MODEL, account);
  }

  private static Asking balances(List<Value> accounts) {
    Query.All totals =
        new Query.All(
            accounts.stream().<Query>map(each -> new Query.Total(account(each))).toList());
    return new Asking(totals, answer -> byAccount(accounts, answer));
  }

  private static Optional<Value> byAccount(List<Value> accounts, Answer answer) {
    if (!(answer instanceof Answer.Each(List<Answer> totals))) {
      return Optional.empty();
    }
    Map<Value, Value> balances = new LinkedHashMap<>();
    for (int i = 0; i < accounts.size(); i++) {
      balances.put(accounts.get(i), Words.plain(totals.get(i)).orElse(Value.nil()));
    }
    return Optional.of(new Value.MapOf(balances));
  }
}
