package dev.labrys.raft.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The store in the plainest way: what the commands say, on the collections of Java.
final class PlainStore {
  private final Map<String, Datum> registers = new HashMap<>();
  private final Map<String, List<Datum>> lists = new HashMap<>();
  private final Map<String, Long> counters = new HashMap<>();
  private final Map<String, List<Datum>> sets = new HashMap<>();
  private final Map<String, List<Datum>> queues = new HashMap<>();

  /// Whoever holds a lock, as often as they do.
  private final Map<String, List<String>> holders = new HashMap<>();

  private final Map<String, Long> tokens = new HashMap<>();

  Answer perform(Step step) {
    return switch (step) {
      case Command.Put(String name, Datum value) -> {
        registers.put(name, value);
        yield new Answer.Done();
      }
      case Command.Append(String name, Datum.Text suffix) -> append(name, suffix.text());
      case Command.Delete(String name) -> {
        registers.remove(name);
        yield new Answer.Done();
      }
      case Command.CompareAndSet(String name, Datum expected, Datum replacement) -> {
        boolean isSo = register(name).equals(expected);
        registers.put(name, isSo ? replacement : register(name));
        yield new Answer.Truth(isSo);
      }
      case Command.AppendItem(String name, Datum item) -> {
        in(lists, name).add(item);
        yield number(in(lists, name).size() - 1);
      }
      case Command.Add(String name, long delta) -> number(counters.merge(name, delta, Long::sum));
      case Command.Transfer transfer -> transfer(transfer);
      case Command.Insert(String name, Datum element) ->
          new Answer.Truth(!in(sets, name).contains(element) && in(sets, name).add(element));
      case Command.Remove(String name, Datum element) ->
          new Answer.Truth(in(sets, name).remove(element));
      case Command.Enqueue(String name, Datum element) -> {
        in(queues, name).add(element);
        yield new Answer.Done();
      }
      case Command.Dequeue(String name, Command.End end) -> dequeue(in(queues, name), end);
      case Command.Acquire wish -> acquire(wish);
      case Command.Release(String name, String owner) ->
          new Answer.Truth(in(holders, name).remove(owner));
      case Command.All(List<Step> steps) ->
          new Answer.Each(steps.stream().map(this::perform).toList());
      case Query query -> tell(query);
    };
  }

  private Answer tell(Query query) {
    return switch (query) {
      case Query.Get(String name) -> new Answer.Found(register(name));
      case Query.ReadList(String name) -> new Answer.Items(in(lists, name));
      case Query.ItemAt(String name, long place) ->
          new Answer.Found(
              in(lists, name).stream()
                  .skip(Math.max(0, place))
                  .findFirst()
                  .filter(_ -> place >= 0)
                  .orElse(Datum.nothing()));
      case Query.Total(String name) -> number(counters.getOrDefault(name, 0L));
      case Query.Contains(String name, Datum element) ->
          new Answer.Truth(in(sets, name).contains(element));
      case Query.Elements(String name) -> new Answer.Items(in(sets, name));
      case Query.Holder(String name) ->
          new Answer.Found(
              in(holders, name).isEmpty()
                  ? Datum.nothing()
                  : Datum.of(in(holders, name).getFirst()));
      case Query.All(List<Query> queries) ->
          new Answer.Each(queries.stream().map(this::tell).toList());
    };
  }

  private static <T> List<T> in(Map<String, List<T>> byName, String name) {
    return byName.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  private static Answer number(long number) {
    return new Answer.Found(Datum.of(number));
  }

  private Datum register(String name) {
    return registers.getOrDefault(name, Datum.nothing());
  }

  private Answer append(String name, String suffix) {
    switch (register(name)) {
      case Datum.Nothing _ -> registers.put(name, Datum.of(suffix));
      case Datum.Text text -> registers.put(name, Datum.of(text.text() + suffix));
      case Datum.Whole _ -> {
        return new Answer.Refused(Answer.Reason.NOT_A_TEXT);
      }
    }
    return new Answer.Done();
  }

  private Answer transfer(Command.Transfer transfer) {
    boolean isCovered = counters.getOrDefault(transfer.from(), 0L) >= transfer.amount();
    if (isCovered) {
      counters.merge(transfer.from(), -transfer.amount(), Long::sum);
      counters.merge(transfer.to(), transfer.amount(), Long::sum);
    }
    return new Answer.Truth(isCovered);
  }

  private static Answer dequeue(List<Datum> queue, Command.End end) {
    if (queue.isEmpty()) {
      return new Answer.Found(Datum.nothing());
    }
    return new Answer.Found(
        switch (end) {
          case OLDEST -> queue.removeFirst();
          case NEWEST -> queue.removeLast();
        });
  }

  private Answer acquire(Command.Acquire wish) {
    List<String> held = in(holders, wish.lock());
    boolean isAgain = wish.again() == Command.Again.COUNTED && held.contains(wish.owner());
    if (!held.isEmpty() && !isAgain) {
      return new Answer.Found(Datum.nothing());
    }
    if (held.isEmpty()) {
      tokens.merge(wish.lock(), 1L, Long::sum);
    }
    held.add(wish.owner());
    return number(tokens.getOrDefault(wish.lock(), 0L));
  }
}
