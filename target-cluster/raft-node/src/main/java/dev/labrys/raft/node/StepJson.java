package dev.labrys.raft.node;

import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Step;
import java.util.ArrayList;
import java.util.List;

/// Steps of the store as HTTP clients write them: an object, a function `f`, a key, and a value, by
/// the names that histories have.
///
/// ```json
/// {"object":"register","f":"cas","key":"x","value":[1,2]}
/// ```
final class StepJson {
  private final String f;
  private final String key;
  private final Json value;

  private StepJson(String f, String key, Json value) {
    this.f = f;
    this.key = key;
    this.value = value;
  }

  /// What `json` asks the store.
  static Step read(Json json) throws BadRequestException {
    if (!(json instanceof Json.Fields fields)) {
      throw new BadRequestException("expected an object such as {\"f\":\"read\",\"key\":\"x\"}");
    }
    fields.allow("object", "f", "key", "value");
    String object =
        fields.field("object") instanceof Json.Nothing
            ? "register"
            : text(fields.field("object"), "object");
    String f = text(fields.field("f"), "f");
    if (f.equals("txn")) {
      return transaction(object, fields.field("value"));
    }
    return new StepJson(f, key(fields.field("key")), fields.field("value")).of(object);
  }

  private Step of(String object) throws BadRequestException {
    return switch (object) {
      case "register" -> register();
      case "list" -> list();
      case "counter" -> counter();
      case "set" -> set();
      case "queue" -> queue(Command.End.OLDEST);
      case "stack" -> queue(Command.End.NEWEST);
      case "lock" -> lock();
      default ->
          throw new BadRequestException(
              "there is no object '%s'; there are register, list, counter, set, queue, stack, lock"
                  .formatted(object));
    };
  }

  private Step register() throws BadRequestException {
    return switch (f) {
      case "read", "get" -> new Query.Get(key);
      case "write", "put" -> new Command.Put(key, datum(value));
      case "append" -> new Command.Append(key, Datum.of(text(value, "value")));
      case "delete" -> new Command.Delete(key);
      case "cas" -> {
        List<Json> pair = items(2);
        yield new Command.CompareAndSet(key, datum(pair.getFirst()), datum(pair.getLast()));
      }
      default -> throw noFunction("register", "read, write, append, delete, cas, txn");
    };
  }

  private Step list() throws BadRequestException {
    return switch (f) {
      case "read" ->
          value instanceof Json.Whole(long place)
              ? new Query.ItemAt(key, place)
              : new Query.ReadList(key);
      case "append" -> new Command.AppendItem(key, datum(value));
      default -> throw noFunction("list", "read, append, txn");
    };
  }

  private Step counter() throws BadRequestException {
    return switch (f) {
      case "read" -> new Query.Total(key);
      case "add" -> new Command.Add(key, whole(value, "value"));
      case "increment" -> new Command.Add(key, delta());
      case "decrement" -> new Command.Add(key, -delta());
      case "transfer" -> transfer();
      default -> throw noFunction("counter", "read, add, increment, decrement, transfer");
    };
  }

  private long delta() throws BadRequestException {
    return value instanceof Json.Nothing ? 1 : whole(value, "value");
  }

  private Step transfer() throws BadRequestException {
    if (value instanceof Json.Fields parts && whole(parts.field("amount"), "amount") >= 0) {
      parts.allow("from", "to", "amount");
      return new Command.Transfer(
          key(parts.field("from")), key(parts.field("to")), whole(parts.field("amount"), "amount"));
    }
    throw new BadRequestException(
        "the value of a transfer is {\"from\":counter,\"to\":counter,\"amount\":number}");
  }

  private Step set() throws BadRequestException {
    return switch (f) {
      case "read" -> new Query.Elements(key);
      case "contains" -> new Query.Contains(key, datum(value));
      case "add" -> new Command.Insert(key, datum(value));
      case "remove" -> new Command.Remove(key, datum(value));
      default -> throw noFunction("set", "read, contains, add, remove");
    };
  }

  private Step queue(Command.End end) throws BadRequestException {
    return switch (f) {
      case "enqueue", "push" -> new Command.Enqueue(key, datum(value));
      case "dequeue", "pop" -> new Command.Dequeue(key, end);
      default -> throw noFunction("queue or stack", "enqueue, dequeue, push, pop");
    };
  }

  private Step lock() throws BadRequestException {
    return switch (f) {
      case "read", "holder" -> new Query.Holder(key);
      case "acquire" -> new Command.Acquire(key, text(value, "value"), Command.Again.VAIN);
      case "reacquire" -> new Command.Acquire(key, text(value, "value"), Command.Again.COUNTED);
      case "release" -> new Command.Release(key, text(value, "value"));
      default -> throw noFunction("lock", "acquire, reacquire, release, holder");
    };
  }

  private BadRequestException noFunction(String object, String known) {
    return new BadRequestException(
        "a %s has no function '%s'; it has %s".formatted(object, f, known));
  }

  /// Steps such as `["r","x"]`, `["w","x",1]` and `["append","x",1]`, done with nobody in between.
  private static Step transaction(String object, Json value) throws BadRequestException {
    List<Step> steps = new ArrayList<>();
    for (Json item : new StepJson("txn", "", value).items()) {
      List<Json> parts = new StepJson("txn", "", item).items();
      if (parts.size() < 2 || parts.size() > 3) {
        throw new BadRequestException("a step is written [function, key, value]");
      }
      String function = text(parts.getFirst(), "a function");
      String f =
          switch (function) {
            case "r" -> "read";
            case "w" -> "write";
            default -> function;
          };
      Json argument = parts.size() == 3 ? parts.getLast() : new Json.Nothing();
      steps.add(new StepJson(f, key(parts.get(1)), argument).of(object));
    }
    return new Command.All(steps);
  }

  private List<Json> items() throws BadRequestException {
    if (value instanceof Json.Items(List<Json> items)) {
      return items;
    }
    throw new BadRequestException("the value of %s is an array".formatted(f));
  }

  private List<Json> items(int count) throws BadRequestException {
    List<Json> items = items();
    if (items.size() != count) {
      throw new BadRequestException("the value of %s is an array of %d".formatted(f, count));
    }
    return items;
  }

  /// Names are texts; a number names what its digits do.
  private static String key(Json json) throws BadRequestException {
    return switch (json) {
      case Json.Text(String text) -> text;
      case Json.Whole(long number) -> Long.toString(number);
      case Json.Nothing _ -> "";
      case Json.Truth _, Json.Items _, Json.Fields _ ->
          throw new BadRequestException("a key is a text or a whole number");
    };
  }

  private static Datum datum(Json json) throws BadRequestException {
    return switch (json) {
      case Json.Text(String text) -> Datum.of(text);
      case Json.Whole(long number) -> Datum.of(number);
      case Json.Nothing _ -> Datum.nothing();
      case Json.Truth _, Json.Items _, Json.Fields _ ->
          throw new BadRequestException("what is stored is a text, a whole number, or null");
    };
  }

  private static String text(Json json, String name) throws BadRequestException {
    if (json instanceof Json.Text(String text)) {
      return text;
    }
    throw new BadRequestException("%s must be a text".formatted(name));
  }

  private static long whole(Json json, String name) throws BadRequestException {
    if (json instanceof Json.Whole(long number)) {
      return number;
    }
    throw new BadRequestException("%s must be a whole number".formatted(name));
  }
}
