package dev.labrys.synthetic;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What each kind of object may do, written a second time and as plainly as possible: states are
/// immutable collections of the JDK, and a step lists the states that may follow.
final class Reference {
  private Reference() {}

  private record Lock(Value owner, int holds, long token) {}

  static Object initial(ObjectKind kind, List<Operation> operations) {
    return switch (kind) {
      case REGISTER, CAS_REGISTER, KV -> Value.nil();
      case KV_APPEND, APPEND, QUEUE, UNORDERED_QUEUE, STACK, LOG -> List.of();
      case LIST_APPEND, MULTI_REGISTER -> Map.of();
      case KV_STRING -> "";
      case COUNTER -> 0L;
      case MUTEX, REENTRANT_MUTEX, FENCED_MUTEX -> new Lock(Value.nil(), 0, -1);
      case SET, GROW_ONLY_SET, UNIQUE_ID -> Set.of();
      case BANK -> openBank(operations);
    };
  }

  private static Map<Value, Long> openBank(List<Operation> operations) {
    Map<Value, Long> balances = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.input() instanceof Value.MapOf(Map<Value, Value> transfer)) {
        balances.put(transfer.get(Value.keyword("from")), 100L);
        balances.put(transfer.get(Value.keyword("to")), 100L);
      }
      if (operation.output() instanceof Value.MapOf(Map<Value, Value> seen)) {
        seen.keySet().forEach(account -> balances.put(account, 100L));
      }
    }
    return balances;
  }

  /// The states that may follow `state`, none if `operation` can't have happened there.
  @SuppressWarnings("unchecked") // The state is of the class that `initial` made.
  static List<Object> step(ObjectKind kind, Object state, Operation operation) {
    return switch (kind) {
      case REGISTER, CAS_REGISTER, KV -> register((Value) state, operation);
      case KV_APPEND, APPEND -> list((List<Value>) state, operation);
      case LIST_APPEND, MULTI_REGISTER -> transaction((Map<Value, Object>) state, operation);
      case KV_STRING -> text((String) state, operation);
      case COUNTER -> counter((Long) state, operation);
      case MUTEX, REENTRANT_MUTEX, FENCED_MUTEX -> lock(kind, (Lock) state, operation);
      case QUEUE, UNORDERED_QUEUE, STACK -> container(kind, (List<Value>) state, operation);
      case SET, GROW_ONLY_SET -> set((Set<Value>) state, operation);
      case UNIQUE_ID -> uniqueId((Set<Value>) state, operation);
      case BANK -> bank((Map<Value, Long>) state, operation);
      case LOG -> log((List<Value>) state, operation);
    };
  }

  private static List<Object> answering(Object state, Value answer, Operation operation) {
    return operation.isOk() && !operation.output().equals(answer) ? List.of() : List.of(state);
  }

  private static List<Object> register(Value held, Operation operation) {
    return switch (operation.function()) {
      case "read" -> answering(held, held, operation);
      case "delete" -> List.of(Value.nil());
      case "write" -> List.of(operation.input());
      default -> {
        Value.Sequence oldAndNew = (Value.Sequence) operation.input();
        yield held.equals(oldAndNew.item(0)) ? List.of(oldAndNew.item(1)) : List.of();
      }
    };
  }

  private static List<Value> with(List<Value> items, Value item) {
    List<Value> longer = new ArrayList<>(items);
    longer.add(item);
    return List.copyOf(longer);
  }

  private static List<Object> list(List<Value> items, Operation operation) {
    return operation.function().equals("read")
        ? answering(items, new Value.Sequence(items), operation)
        : List.of(with(items, operation.input()));
  }

  @SuppressWarnings("unchecked") // Lists and registers are told apart by the micro-operation.
  private static List<Object> transaction(Map<Value, Object> state, Operation operation) {
    Map<Value, Object> after = new HashMap<>(state);
    Value steps = operation.isOk() ? operation.output() : operation.input();
    for (Value item : ((Value.Sequence) steps).items()) {
      Value.Sequence step = (Value.Sequence) item;
      Value key = step.item(1);
      switch (((Value.Keyword) step.item(0)).name()) {
        case "append" ->
            after.put(key, with((List<Value>) after.getOrDefault(key, List.of()), step.item(2)));
        case "w" -> after.put(key, step.item(2));
        default -> {
          if (operation.isOk() && !isSeen(after, key, step.item(2))) {
            return List.of();
          }
        }
      }
    }
    return List.of(Map.copyOf(after));
  }

  private static boolean isSeen(Map<Value, Object> state, Value key, Value seen) {
    return seen instanceof Value.Sequence(List<Value> items)
        ? items.equals(state.getOrDefault(key, List.of()))
        : seen.equals(state.getOrDefault(key, Value.nil()));
  }

  private static List<Object> text(String held, Operation operation) {
    if (operation.function().equals("get")) {
      return answering(held, Value.of(held), operation);
    }
    String given = ((Value.Text) operation.input()).text();
    return List.of(operation.function().equals("put") ? given : held + given);
  }

  private static List<Object> counter(Long total, Operation operation) {
    return operation.function().equals("read")
        ? answering(total, Value.of(total), operation)
        : List.of(total + ((Value.Int) operation.input()).number());
  }

  private static List<Object> lock(ObjectKind kind, Lock lock, Operation operation) {
    boolean isOwner = lock.owner().equals(operation.input());
    if (operation.function().equals("release")) {
      return lock.holds() > 0 && isOwner
          ? List.of(
              new Lock(
                  lock.holds() == 1 ? Value.nil() : lock.owner(), lock.holds() - 1, lock.token()))
          : List.of();
    }
    boolean isFree = lock.holds() == 0 || (kind == ObjectKind.REENTRANT_MUTEX && isOwner);
    long token = lock.token() + 1;
    if (operation.output() instanceof Value.Int(long seen)) {
      token = seen;
    }
    boolean isNewToken = kind != ObjectKind.FENCED_MUTEX || token > lock.token();
    return isFree && isNewToken
        ? List.of(new Lock(operation.input(), lock.holds() + 1, token))
        : List.of();
  }

  private static List<Object> container(ObjectKind kind, List<Value> items, Operation operation) {
    if (operation.function().equals("enqueue") || operation.function().equals("push")) {
      return List.of(with(items, operation.input()));
    }
    if (items.isEmpty()) {
      return answering(items, Value.nil(), operation);
    }
    int first = kind == ObjectKind.STACK ? items.size() - 1 : 0;
    int last = kind == ObjectKind.QUEUE ? 0 : items.size() - 1;
    Set<Object> choices = new LinkedHashSet<>();
    for (int i = first; i <= last; i++) {
      List<Value> rest = new ArrayList<>(items);
      Value taken = rest.remove(i);
      choices.addAll(answering(List.copyOf(rest), taken, operation));
    }
    return List.copyOf(choices);
  }

  private static List<Object> set(Set<Value> elements, Operation operation) {
    Set<Value> after = new HashSet<>(elements);
    return switch (operation.function()) {
      case "read" -> answering(elements, new Value.SetOf(elements), operation);
      case "contains" ->
          answering(elements, Value.of(elements.contains(operation.input())), operation);
      case "add" -> {
        after.add(operation.input());
        yield List.of(Set.copyOf(after));
      }
      default -> {
        after.remove(operation.input());
        yield List.of(Set.copyOf(after));
      }
    };
  }

  private static List<Object> uniqueId(Set<Value> given, Operation operation) {
    Set<Value> after = new HashSet<>(given);
    boolean isNew = !operation.isOk() || after.add(operation.output());
    return isNew ? List.of(Set.copyOf(after)) : List.of();
  }

  private static List<Object> bank(Map<Value, Long> balances, Operation operation) {
    if (operation.function().equals("read")) {
      Map<Value, Value> statement = new HashMap<>();
      balances.forEach((account, balance) -> statement.put(account, Value.of(balance)));
      return answering(balances, new Value.MapOf(statement), operation);
    }
    Map<Value, Value> transfer = ((Value.MapOf) operation.input()).entries();
    long amount =
        transfer.get(Value.keyword("amount")) instanceof Value.Int(long number) ? number : 0;
    Map<Value, Long> after = new HashMap<>(balances);
    transfer.forEach((part, account) -> {
      if (part.equals(Value.keyword("from"))) {
        after.merge(account, -amount, Long::sum);
      } else if (part.equals(Value.keyword("to"))) {
        after.merge(account, amount, Long::sum);
      }
    });
    boolean isCovered = after.values().stream().allMatch(balance -> balance >= 0);
    return isCovered ? List.of(Map.copyOf(after)) : List.of();
  }

  private static List<Object> log(List<Value> records, Operation operation) {
    if (operation.function().equals("append")) {
      return answering(with(records, operation.input()), Value.of(records.size()), operation);
    }
    int offset = (int) ((Value.Int) operation.input()).number();
    return answering(
        records, offset < records.size() ? records.get(offset) : Value.nil(), operation);
  }
}
