package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Accounts, between which money is transferred, and whose balances are read together.
///
/// A transfer that answers `false` says that the bank refused it because the balance was too small;
/// any other answer says that it was made. A read answers the balances of all or some accounts.
///
/// @param opening what the accounts named here start with
/// @param otherwise what every other account starts with
/// @param overdraft whether a balance may become negative
record Bank(Map<Value, Long> opening, long otherwise, Overdraft overdraft)
    implements Model<ValueMap<Long>> {

  /// Whether an account may owe the bank.
  enum Overdraft {
    ALLOWED,
    REFUSED
  }

  private record Transfer(Value from, Value to, long amount) {}

  Bank {
    opening = Map.copyOf(opening);
  }

  @Override
  public String name() {
    return "bank";
  }

  @Override
  public Set<String> functions() {
    return Set.of("transfer", "read");
  }

  @Override
  public boolean isKeyed() {
    return false;
  }

  /// The state is what each account has gained or lost since it was opened.
  @Override
  public ValueMap<Long> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Long>> step(ValueMap<Long> state, Call call) {
    return switch (call.function()) {
      case "transfer" -> transfer(state, call);
      case "read" -> isSeen(state, call) ? List.of(state) : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private List<ValueMap<Long>> transfer(ValueMap<Long> state, Call call) {
    Transfer transfer = transfer(call);
    boolean isCovered =
        overdraft == Overdraft.ALLOWED || balance(state, transfer.from()) >= transfer.amount();
    if (Arguments.answers(call, false)) {
      return isCovered ? List.of() : List.of(state);
    }
    if (!isCovered) {
      return List.of();
    }
    ValueMap<Long> taken = moved(state, transfer.from(), -transfer.amount());
    return List.of(moved(taken, transfer.to(), transfer.amount()));
  }

  private static ValueMap<Long> moved(ValueMap<Long> state, Value account, long amount) {
    long change = state.find(account, 0L) + amount;
    return change == 0 ? state.without(account) : state.with(account, change);
  }

  private long balance(ValueMap<Long> state, Value account) {
    return opening.getOrDefault(account, otherwise) + state.find(account, 0L);
  }

  private static Transfer transfer(Call call) {
    String expected = "{:from account, :to account, :amount number}";
    if (call.input() instanceof Value.MapOf(Map<Value, Value> entries)) {
      Value from = entry(entries, "from");
      Value to = entry(entries, "to");
      boolean isComplete = !from.isNil() && !to.isNil();
      if (isComplete && entry(entries, "amount") instanceof Value.Int(long amount) && amount >= 0) {
        return new Transfer(from, to, amount);
      }
    }
    throw Arguments.badInput(call, expected, call.input());
  }

  private static Value entry(Map<Value, Value> entries, String name) {
    Value byKeyword = entries.getOrDefault(Value.keyword(name), Value.nil());
    return byKeyword.isNil() ? entries.getOrDefault(Value.of(name), Value.nil()) : byKeyword;
  }

  private boolean isSeen(ValueMap<Long> state, Call read) {
    if (!read.isAnswered()) {
      return true;
    }
    if (!(read.output() instanceof Value.MapOf(Map<Value, Value> balances))) {
      throw Arguments.badOutput(read, "a map from accounts to balances", read.output());
    }
    boolean isSeen = true;
    for (Map.Entry<Value, Value> seen : balances.entrySet()) {
      isSeen &= seen.getValue().equals(Value.of(balance(state, seen.getKey())));
    }
    return isSeen;
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("read") || Arguments.answers(call, false);
  }

  @Override
  public String describe(ValueMap<Long> state) {
    Map<Value, Long> gains = state.sorted();
    Map<String, Long> balances = new TreeMap<>();
    opening.forEach((account, balance) -> balances.put(account.toString(), balance));
    gains.keySet().forEach(account -> balances.put(account.toString(), balance(state, account)));
    return balances.isEmpty() ? "every account " + otherwise : balances.toString();
  }
}
