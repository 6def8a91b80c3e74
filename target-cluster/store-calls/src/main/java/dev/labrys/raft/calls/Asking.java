package dev.labrys.raft.calls;

import dev.labrys.cluster.Action;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Step;
import java.util.Optional;
import java.util.function.Function;

/// A step of the store for an action, and what the answer means.
///
/// @param reading the answer as the model has it; empty if it says that nothing was done
record Asking(Step step, Function<Answer, Optional<Value>> reading) {

  static Asking of(Action action) {
    Words words = new Words(action);
    return switch (action.model()) {
      case "register", "cas-register", "kv", "kv-string" -> register(action, words);
      case "counter", "unique-id" -> counter(action, words);
      case "append", "kv-append", "log" -> list(action, words);
      case "queue", "unordered-queue", "stack" -> queue(action, words);
      case "set" -> set(action, words);
      case "mutex", "reentrant-mutex", "fenced-mutex" -> lock(action, words);
      case "multi-register" -> transaction(action, Transaction.Kind.REGISTERS);
      case "list-append" -> transaction(action, Transaction.Kind.LISTS);
      case "bank" -> BankCalls.of(action);
      default ->
          throw new UnsupportedOperationException("the store has nothing like a " + action.model());
    };
  }

  Outcome outcome(Answer answer) {
    return reading.apply(answer).<Outcome>map(Outcome::ok).orElse(Outcome.failed());
  }

  private static Asking plain(Step step) {
    return new Asking(step, Words::plain);
  }

  private static Asking register(Action action, Words words) {
    String name = words.name();
    return switch (action.function()) {
      case "read" -> plain(new Query.Get(name));
      case "get" ->
          action.model().equals("kv-string")
              ? new Asking(new Query.Get(name), Asking::textOrEmpty)
              : plain(new Query.Get(name));
      case "write", "put" -> plain(new Command.Put(name, words.datum()));
      case "append" -> plain(new Command.Append(name, words.text()));
      case "delete" -> plain(new Command.Delete(name));
      case "cas" -> plain(new Command.CompareAndSet(name, words.datum(0), words.datum(1)));
      default -> throw words.unknown();
    };
  }

  /// An absent key of a `kv-string` holds the empty text.
  private static Optional<Value> textOrEmpty(Answer answer) {
    return Words.plain(answer).map(seen -> seen.isNil() ? Value.of("") : seen);
  }

  private static Asking counter(Action action, Words words) {
    String name = words.name();
    return switch (action.function()) {
      case "generate", "increment" -> plain(new Command.Add(name, 1));
      case "add" -> plain(new Command.Add(name, words.whole()));
      case "read" -> plain(new Query.Total(name));
      default -> throw words.unknown();
    };
  }

  private static Asking list(Action action, Words words) {
    String name = words.name();
    return switch (action.function()) {
      case "append" -> plain(new Command.AppendItem(name, words.datum()));
      case "read" ->
          action.model().equals("log")
              ? plain(new Query.ItemAt(name, words.whole()))
              : plain(new Query.ReadList(name));
      default -> throw words.unknown();
    };
  }

  private static Asking queue(Action action, Words words) {
    String name = words.name();
    return switch (action.function()) {
      case "enqueue", "push" -> plain(new Command.Enqueue(name, words.datum()));
      case "dequeue" -> plain(new Command.Dequeue(name, Command.End.OLDEST));
      case "pop" -> plain(new Command.Dequeue(name, Command.End.NEWEST));
      default -> throw words.unknown();
    };
  }

  private static Asking set(Action action, Words words) {
    String name = words.name();
    return switch (action.function()) {
      case "add" -> plain(new Command.Insert(name, words.datum()));
      case "remove" -> plain(new Command.Remove(name, words.datum()));
      case "contains" -> plain(new Query.Contains(name, words.datum()));
      case "read" -> plain(new Query.Elements(name));
      default -> throw words.unknown();
    };
  }

  /// A mutex has no owners: whoever releases it.
  private static Asking lock(Action action, Words words) {
    String name = words.name();
    boolean isOwned = !action.model().equals("mutex");
    String owner = isOwned ? words.text().text() : "";
    Command.Again again =
        action.model().equals("reentrant-mutex") ? Command.Again.COUNTED : Command.Again.VAIN;
    return switch (action.function()) {
      case "acquire" ->
          new Asking(
              new Command.Acquire(name, owner, again),
              isOwned
                  ? Asking::unlessInVain
                  : answer -> Words.plain(answer).map(token -> Value.of(!token.isNil())));
      case "release" ->
          new Asking(
              new Command.Release(name, owner), isOwned ? Asking::unlessInVain : Words::plain);
      default -> throw words.unknown();
    };
  }

  private static Optional<Value> unlessInVain(Answer answer) {
    return Words.plain(answer).filter(seen -> !seen.isNil() && !seen.equals(Value.of(false)));
  }

  private static Asking transaction(Action action, Transaction.Kind kind) {
    Transaction transaction = Transaction.of(action, kind);
    return new Asking(transaction.step(), transaction::read);
  }
}
