package dev.labrys.lab;

import dev.labrys.history.Value;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Something that a client of a model asks, and how it asks the store.
///
/// @param reading what the answer means to the model; empty if it means that nothing was done
record ModelAsk(
    String function, Value input, Step step, Function<Answer, Optional<Value>> reading) {

  private static final List<String> ACCOUNTS = List.of("a", "b", "c");

  /// What has to be done before a model is asked anything.
  static List<Step> beginning(String model) {
    return model.equals("bank")
        ? ACCOUNTS.stream().<Step>map(account -> new Command.Add(account, 100)).toList()
        : List.of();
  }

  static ModelAsk draw(String model, RandomGenerator random) {
    Draw draw = new Draw(random);
    return switch (model) {
      case "register" -> draw.oneOf(draw.read(), draw.write());
      case "cas-register" -> draw.oneOf(draw.read(), draw.write(), draw.cas());
      case "kv" ->
          draw.oneOf(
              draw.read(), draw.write(), draw.cas(), draw.delete(), draw.append(Value.nil()));
      case "kv-string" ->
          draw.oneOf(draw.get(Value.of("")), draw.putText(), draw.append(Value.of("")));
      case "counter" -> draw.oneOf(draw.add(), draw.increment(), draw.total());
      case "unique-id" ->
          new ModelAsk("generate", Value.nil(), new Command.Add("x", 1), ModelAsk::plain);
      case "append", "kv-append" -> draw.oneOf(draw.appendItem(), draw.readList());
      case "log" -> draw.oneOf(draw.appendItem(), draw.readLog());
      case "queue", "unordered-queue" ->
          draw.oneOf(draw.enqueue("enqueue"), draw.dequeue("dequeue", Command.End.OLDEST));
      case "stack" -> draw.oneOf(draw.enqueue("push"), draw.dequeue("pop", Command.End.NEWEST));
      case "set" -> draw.oneOf(draw.insert(), draw.remove(), draw.contains(), draw.elements());
      case "mutex" -> draw.oneOf(draw.acquireOrNot(), draw.releaseOrNot());
      case "reentrant-mutex" -> draw.oneOf(draw.acquire(Command.Again.COUNTED), draw.release());
      case "fenced-mutex" -> draw.oneOf(draw.acquire(Command.Again.VAIN), draw.release());
      case "multi-register" -> draw.transaction("w");
      case "list-append" -> draw.transaction("append");
      case "bank" -> draw.oneOf(draw.transfer(), draw.balances());
      default -> throw new AssertionError("how is the model " + model + " asked of the store?");
    };
  }

  private static Value value(Datum datum) {
    return switch (datum) {
      case Datum.Nothing _ -> Value.nil();
      case Datum.Whole(long number) -> Value.of(number);
      case Datum.Text text -> Value.of(text.text());
    };
  }

  /// The answer as it is.
  private static Optional<Value> plain(Answer answer) {
    return switch (answer) {
      case Answer.Done _ -> Optional.of(Value.nil());
      case Answer.Found(Datum datum) -> Optional.of(value(datum));
      case Answer.Truth(boolean isSo) -> Optional.of(Value.of(isSo));
      case Answer.Items(List<Datum> items) ->
          Optional.of(new Value.Sequence(items.stream().map(ModelAsk::value).toList()));
      case Answer.Each(List<Answer> answers) ->
          Optional.of(
              new Value.Sequence(
                  answers.stream().map(part -> plain(part).orElse(Value.nil())).toList()));
      case Answer.Refused _ -> Optional.empty();
    };
  }

  /// The answer, unless it says that nothing was done.
  private static Optional<Value> unlessInVain(Answer answer) {
    return plain(answer).filter(seen -> !seen.isNil() && !seen.equals(Value.of(false)));
  }

  private record Draw(RandomGenerator random) {
    ModelAsk oneOf(ModelAsk... asks) {
      return asks[random.nextInt(asks.length)];
    }

    private long number() {
      return random.nextInt(4);
    }

    private String name() {
      return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    ModelAsk read() {
      return new ModelAsk("read", Value.nil(), new Query.Get("x"), ModelAsk::plain);
    }

    ModelAsk get(Value absent) {
      return new ModelAsk(
          "get",
          Value.nil(),
          new Query.Get("x"),
          answer -> plain(answer).map(seen -> seen.isNil() ? absent : seen));
    }

    ModelAsk write() {
      long number = number();
      return new ModelAsk(
          "write", Value.of(number), new Command.Put("x", Datum.of(number)), ModelAsk::plain);
    }

    ModelAsk putText() {
      return new ModelAsk(
          "put", Value.of("p"), new Command.Put("x", Datum.of("p")), ModelAsk::plain);
    }

    ModelAsk append(Value done) {
      return new ModelAsk(
          "append",
          Value.of("s"),
          new Command.Append("x", Datum.of("s")),
          answer -> plain(answer).map(_ -> done));
    }

    ModelAsk delete() {
      return new ModelAsk("delete", Value.nil(), new Command.Delete("x"), ModelAsk::plain);
    }

    ModelAsk cas() {
      long expected = number();
      long replacement = number();
      return new ModelAsk(
          "cas",
          Value.sequence(Value.of(expected), Value.of(replacement)),
          new Command.CompareAndSet("x", Datum.of(expected), Datum.of(replacement)),
          ModelAsk::plain);
    }

    ModelAsk add() {
      long delta = number() - 2;
      return new ModelAsk("add", Value.of(delta), new Command.Add("x", delta), ModelAsk::plain);
    }

    ModelAsk increment() {
      return new ModelAsk("increment", Value.nil(), new Command.Add("x", 1), ModelAsk::plain);
    }

    ModelAsk total() {
      return new ModelAsk("read", Value.nil(), new Query.Total("x"), ModelAsk::plain);
    }

    ModelAsk appendItem() {
      long number = number();
      return new ModelAsk(
          "append",
          Value.of(number),
          new Command.AppendItem("x", Datum.of(number)),
          ModelAsk::plain);
    }

    ModelAsk readList() {
      return new ModelAsk("read", Value.nil(), new Query.ReadList("x"), ModelAsk::plain);
    }

    ModelAsk readLog() {
      long place = number() * number();
      return new ModelAsk("read", Value.of(place), new Query.ItemAt("x", place), ModelAsk::plain);
    }

    ModelAsk enqueue(String function) {
      long number = number();
      return new ModelAsk(
          function, Value.of(number), new Command.Enqueue("x", Datum.of(number)), ModelAsk::plain);
    }

    ModelAsk dequeue(String function, Command.End end) {
      return new ModelAsk(function, Value.nil(), new Command.Dequeue("x", end), ModelAsk::plain);
    }

    ModelAsk insert() {
      long number = number();
      return new ModelAsk(
          "add", Value.of(number), new Command.Insert("x", Datum.of(number)), ModelAsk::plain);
    }

    ModelAsk remove() {
      long number = number();
      return new ModelAsk(
          "remove", Value.of(number), new Command.Remove("x", Datum.of(number)), ModelAsk::plain);
    }

    ModelAsk contains() {
      long number = number();
      return new ModelAsk(
          "contains", Value.of(number), new Query.Contains("x", Datum.of(number)), ModelAsk::plain);
    }

    ModelAsk elements() {
      return new ModelAsk("read", Value.nil(), new Query.Elements("x"), ModelAsk::plain);
    }

    /// A mutex has no owners.
    ModelAsk acquireOrNot() {
      return new ModelAsk(
          "acquire",
          Value.nil(),
          new Command.Acquire("x", "", Command.Again.VAIN),
          answer -> plain(answer).map(token -> Value.of(!token.isNil())));
    }

    ModelAsk releaseOrNot() {
      return new ModelAsk("release", Value.nil(), new Command.Release("x", ""), ModelAsk::plain);
    }

    ModelAsk acquire(Command.Again again) {
      String owner = name();
      return new ModelAsk(
          "acquire",
          Value.of(owner),
          new Command.Acquire("x", owner, again),
          ModelAsk::unlessInVain);
    }

    ModelAsk release() {
      String owner = name();
      return new ModelAsk(
          "release", Value.of(owner), new Command.Release("x", owner), ModelAsk::unlessInVain);
    }

    ModelAsk transaction(String write) {
      List<Step> steps = new ArrayList<>();
      List<Value> input = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        String name = name();
        Datum datum = Datum.of(number());
        boolean isList = write.equals("append");
        if (random.nextBoolean()) {
          steps.add(isList ? new Query.ReadList(name) : new Query.Get(name));
          input.add(Value.sequence(Value.keyword("r"), Value.of(name), Value.nil()));
        } else {
          steps.add(isList ? new Command.AppendItem(name, datum) : new Command.Put(name, datum));
          input.add(Value.sequence(Value.keyword(write), Value.of(name), value(datum)));
        }
      }
      return new ModelAsk(
          "txn",
          new Value.Sequence(input),
          new Command.All(steps),
          answer -> Optional.of(filledIn(input, ((Answer.Each) answer).answers())));
    }

    private static Value filledIn(List<Value> asked, List<Answer> answers) {
      List<Value> output = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        Value.Sequence step = (Value.Sequence) asked.get(i);
        boolean isRead = step.item(0).equals(Value.keyword("r"));
        output.add(
            isRead
                ? Value.sequence(
                    step.item(0), step.item(1), plain(answers.get(i)).orElse(Value.nil()))
                : step);
      }
      return new Value.Sequence(output);
    }

    ModelAsk transfer() {
      String from = name();
      String to = name();
      long amount = 40 * number();
      return new ModelAsk(
          "transfer",
          new Value.MapOf(
              Map.of(
                  Value.keyword("from"),
                  Value.of(from),
                  Value.keyword("to"),
                  Value.of(to),
                  Value.keyword("amount"),
                  Value.of(amount))),
          new Command.Transfer(from, to, amount),
          ModelAsk::plain);
    }

    ModelAsk balances() {
      return new ModelAsk(
          "read",
          Value.nil(),
          new Query.All(ACCOUNTS.stream().<Query>map(Query.Total::new).toList()),
          answer -> Optional.of(byAccount((Answer.Each) answer)));
    }

    private static Value byAccount(Answer.Each totals) {
      Map<Value, Value> balances = new LinkedHashMap<>();
      for (int i = 0; i < ACCOUNTS.size(); i++) {
        balances.put(Value.of(ACCOUNTS.get(i)), plain(totals.answers().get(i)).orElse(Value.nil()));
      }
      return new Value.MapOf(balances);
    }
  }
}
