package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Accounts between which money is moved, and which are read together. Each starts with a balance
/// of 100. A transfer that an account can't pay fails.
final class BankObject implements SequentialObject {
  private static final long OPENING_BALANCE = 100;
  private static final int LARGEST_TRANSFER = 50;

  private final long[] balances;

  BankObject(int accounts) {
    this.balances = new long[accounts];
    Arrays.fill(balances, OPENING_BALANCE);
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    if (chooser.reads() || balances.length == 1) {
      return new Request(client, "read");
    }
    int from = chooser.dice().below(balances.length);
    int to = (from + 1 + chooser.dice().below(balances.length - 1)) % balances.length;
    Map<Value, Value> transfer = new LinkedHashMap<>();
    transfer.put(Value.keyword("from"), Value.of(from));
    transfer.put(Value.keyword("to"), Value.of(to));
    transfer.put(Value.keyword("amount"), Value.of(1 + chooser.dice().below(LARGEST_TRANSFER)));
    return new Request(client, "transfer", new Value.MapOf(transfer));
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    if (request.function().equals("read")) {
      return Outcome.ok(statement());
    }
    Map<Value, Value> transfer = ((Value.MapOf) request.input()).entries();
    int from = (int) number(transfer, "from");
    int to = (int) number(transfer, "to");
    long amount = number(transfer, "amount");
    if (balances[from] < amount) {
      return Outcome.failed();
    }
    balances[from] -= amount;
    balances[to] += amount;
    return Outcome.ok(Value.nil());
  }

  private static long number(Map<Value, Value> transfer, String part) {
    return transfer.get(Value.keyword(part)) instanceof Value.Int(long number) ? number : 0;
  }

  private Value statement() {
    Map<Value, Value> statement = new LinkedHashMap<>();
    for (int i = 0; i < balances.length; i++) {
      statement.put(Value.of(i), Value.of(balances[i]));
    }
    return new Value.MapOf(statement);
  }
}
