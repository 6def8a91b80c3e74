package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The models that come with Labrys. Each is an ordinary implementation of [Model]; your own is as
/// good.
public final class Models {
  private static final long OPENING_BALANCE = 100;

  private static final Map<String, Entry> BY_NAME = new LinkedHashMap<>();

  private record Entry(Model<?> model, ModelDescription description) {}

  static {
    registers();
    collections();
    locks();
    transactions();
  }

  private Models() {}

  private static void registers() {
    add(
        new Register(),
        "one value, read and written as a whole, at first nil",
        function("read", "", "value"),
        function("write", "value", ""));
    add(
        new CasRegister(),
        "a register that can be written on condition of what it holds",
        function("read", "", "value"),
        function("write", "value", ""),
        function("cas", "[old new]", "false if it did not match"));
    add(
        new KeyValue(),
        "values by key; an absent key holds nil",
        function("get", "", "value"),
        function("read", "", "value"),
        function("put", "value", ""),
        function("write", "value", ""),
        function("append", "text", ""),
        function("delete", "", ""),
        function("cas", "[old new]", "false if it did not match"));
    add(
        new KeyString(),
        "texts by key, as in Porcupine; an absent key holds the empty text",
        function("get", "", "text"),
        function("put", "text", ""),
        function("append", "text", ""));
    add(
        new Counter(),
        "a sum that starts at zero",
        function("add", "delta", ""),
        function("increment", "[delta]", ""),
        function("decrement", "[delta]", ""),
        function("read", "", "total"));
    add(
        new UniqueId(),
        "a source of values that never gives out one twice",
        function("generate", "", "id"));
  }

  private static void collections() {
    add(
        new AppendList("append"),
        "one list, appended to and read as a whole",
        function("append", "value", ""),
        function("read", "", "[value …]"));
    add(
        new AppendList("kv-append"),
        "lists by key, appended to and read as a whole",
        function("append", "value", ""),
        function("read", "", "[value …]"));
    add(
        new Log(),
        "records by offset, numbered from 0 up",
        function("append", "record", "offset or [offset record]"),
        function("read", "offset", "record, or nil past the end"));
    add(
        new FifoQueue(),
        "first in, first out",
        function("enqueue", "value", ""),
        function("dequeue", "", "value, or nil if empty"));
    add(
        new UnorderedQueue(),
        "a queue that may give out its elements in any order",
        function("enqueue", "value", ""),
        function("dequeue", "", "value, or nil if empty"));
    add(
        new Stack(),
        "last in, first out",
        function("push", "value", ""),
        function("pop", "", "value, or nil if empty"));
    add(
        new SetModel(),
        "a set, asked for single elements or read as a whole",
        function("add", "value", "true or false if it tells whether it changed something"),
        function("remove", "value", "true or false if it tells whether it changed something"),
        function("contains", "value", "true or false"),
        function("read", "", "#{value …} or [value …]"));
  }

  private static void locks() {
    add(
        new Mutex(),
        "a lock that one may hold at a time, whoever releases it",
        function("acquire", "", "false if it was held"),
        function("release", "", "false if it was free"));
    add(
        new ReentrantMutex(),
        "a lock that its owner may acquire again, and releases as often",
        function("acquire", "owner", ""),
        function("release", "owner", ""));
    add(
        new FencedMutex(),
        "a lock whose every acquisition gets a larger token than all before",
        function("acquire", "owner", "token"),
        function("release", "owner", ""));
  }

  private static void transactions() {
    add(
        new MultiRegister(),
        "registers by key, several of which are read and written at once",
        function("txn", "[[:r key nil] [:w key value] …]", "the same with what was read"),
        function("read", "", "{key value …}"),
        function("write", "{key value …}", ""));
    add(
        new ListAppend(),
        "lists by key, several of which are read and appended to at once",
        function("txn", "[[:r key nil] [:append key value] …]", "the same with what was read"));
    add(
        new Bank(Map.of(), OPENING_BALANCE, Bank.Overdraft.REFUSED),
        "accounts that start with " + OPENING_BALANCE + " each and may not owe anything",
        function("transfer", "{:from account, :to account, :amount number}", "false if refused"),
        function("read", "", "{account balance …}"));
  }

  private static ModelDescription.Function function(String name, String input, String answer) {
    return new ModelDescription.Function(name, input, answer);
  }

  private static void add(Model<?> model, String summary, ModelDescription.Function... functions) {
    BY_NAME.put(
        model.name(),
        new Entry(model, new ModelDescription(model.name(), summary, List.of(functions))));
  }

  /// One value, read and written as a whole; at first nil.
  public static Model<?> register() {
    return named("register");
  }

  /// A register that can also be written on condition of what it holds.
  public static Model<?> casRegister() {
    return named("cas-register");
  }

  /// Values by key, with compare-and-set and delete; an absent key holds nil.
  public static Model<?> kv() {
    return named("kv");
  }

  /// Texts by key, as in Porcupine; an absent key holds the empty text.
  public static Model<?> kvString() {
    return named("kv-string");
  }

  /// A sum that starts at zero.
  public static Model<?> counter() {
    return named("counter");
  }

  /// A source of values that never gives out one twice.
  public static Model<?> uniqueId() {
    return named("unique-id");
  }

  /// One list, appended to and read as a whole.
  public static Model<?> append() {
    return named("append");
  }

  /// Lists by key, appended to and read as a whole.
  public static Model<?> kvAppend() {
    return named("kv-append");
  }

  /// Records by offset.
  public static Model<?> log() {
    return named("log");
  }

  /// First in, first out.
  public static Model<?> queue() {
    return named("queue");
  }

  /// A queue that may give out its elements in any order.
  public static Model<?> unorderedQueue() {
    return named("unordered-queue");
  }

  /// Last in, first out.
  public static Model<?> stack() {
    return named("stack");
  }

  /// A set, asked for single elements or read as a whole.
  public static Model<?> set() {
    return named("set");
  }

  /// A lock that one may hold at a time, whoever releases it.
  public static Model<?> mutex() {
    return named("mutex");
  }

  /// A lock that its owner may acquire again, and releases as often.
  public static Model<?> reentrantMutex() {
    return named("reentrant-mutex");
  }

  /// A lock whose every acquisition gets a larger token than all before.
  public static Model<?> fencedMutex() {
    return named("fenced-mutex");
  }

  /// Registers by key, several of which are read and written at once.
  public static Model<?> multiRegister() {
    return named("multi-register");
  }

  /// Lists by key, several of which are read and appended to at once.
  public static Model<?> listAppend() {
    return named("list-append");
  }

  /// Accounts that start with 100 each and may not owe anything.
  public static Model<?> bank() {
    return named("bank");
  }

  /// Accounts that start with the balances of `opening`, or with nothing, and may not owe anything.
  public static Model<?> bank(Map<Value, Long> opening) {
    return new Bank(opening, 0, Bank.Overdraft.REFUSED);
  }

  /// Accounts that start with the balances of `opening`, or with nothing, and may owe the bank.
  public static Model<?> bankWithOverdraft(Map<Value, Long> opening) {
    return new Bank(opening, 0, Bank.Overdraft.ALLOWED);
  }

  /// As many objects like that of `model` as there are keys: for histories in which keys name
  /// groups of objects that no call joins, such as several banks. If a call joins two of them after
  /// all, a violation may be missed.
  public static Model<?> byKey(Model<?> model) {
    return model.isKeyed() ? model : new ByKey<>(model);
  }

  /// Every model, the simple ones first.
  public static List<Model<?>> all() {
    List<Model<?>> all = new ArrayList<>();
    BY_NAME.values().forEach(entry -> all.add(entry.model()));
    return all;
  }

  /// What people are told about every model, in the order of [#all].
  public static List<ModelDescription> descriptions() {
    return BY_NAME.values().stream().map(Entry::description).toList();
  }

  /// The model of that name.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public static Model<?> named(String name) {
    Entry entry = BY_NAME.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(NearMisses.complaint("model", name, BY_NAME.keySet()));
    }
    return entry.model();
  }

  /// The models that understand every function of `history`, with the arguments and answers it has
  /// there.
  public static List<Model<?>> fitting(History history) {
    return all().stream().filter(model -> fits(model, history)).toList();
  }

  private static <S> boolean fits(Model<S> model, History history) {
    S initial = model.initial();
    try {
      for (Operation operation : history.operations()) {
        model.step(initial, Call.of(operation));
      }
      return true;
    } catch (IllegalArgumentException unfit) {
      return false;
    }
  }
}
