package dev.labrys.workload;

import static dev.labrys.workload.Workload.LINEARIZABLE;
import static dev.labrys.workload.Workload.LINEARIZABLE_BY_KEY;
import static dev.labrys.workload.Workload.MONOTONIC;
import static dev.labrys.workload.Workload.ONE_HOLDER;

import dev.labrys.cluster.Action;
import dev.labrys.workload.Workload.Judge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The workloads that come with Labrys.
///
/// Their usual options are such that whatever a run of minutes records is decided in seconds: where
/// unknown outcomes make checking hard, few clients share an object, and it is soon left alone.
public final class Workloads {

  /// What is done if nobody says what.
  public static final String USUAL = "mixed";

  private static final int VALUES = 5;
  private static final int BANKS = 400;
  private static final long SECOND = 1_000_000_000L;

  /// Objects of which each history is decided in linear time, whatever its length.
  private static final KeyPlan SHARED = KeyPlan.of(3, KeyPlan.ALL, 200);

  /// Objects of which each history is searched.
  private static final KeyPlan SMALL = KeyPlan.of(2, 4, 50).withLife(SECOND);

  /// Objects of which each history is searched, and hard.
  private static final KeyPlan TINY = KeyPlan.of(1, 4, 40).withLife(SECOND);

  private static final Map<String, Entry> BY_NAME = new LinkedHashMap<>();

  private record Entry(
      String name,
      String summary,
      List<Judge> judges,
      List<Action> preparation,
      Function<WorkloadOptions, Generator> load) {
    Workload with(WorkloadOptions options) {
      return new Workload(name, summary, judges, preparation, load.apply(options));
    }
  }

  static {
    registers();
    collections();
    locks();
    transactions();
    mixed();
  }

  private Workloads() {}

  /// The names of all, the usual one last.
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /// All, with their usual options.
  public static List<Workload> all() {
    return BY_NAME.values().stream().map(entry -> entry.with(WorkloadOptions.NONE)).toList();
  }

  /// What users write: the name of a workload, and perhaps options, as in
  /// `register:keys=5,ops-per-key=100`.
  ///
  /// @throws IllegalArgumentException if there is none of that name, or no such option, naming
  ///   those there are
  public static Workload named(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? named(text, WorkloadOptions.NONE)
        : named(text.substring(0, colon), WorkloadOptions.parse(text.substring(colon + 1)));
  }

  /// The workload of that name.
  ///
  /// @throws IllegalArgumentException if there is none, naming those there are
  public static Workload named(String name, WorkloadOptions options) {
    Entry entry = BY_NAME.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "there is no workload '%s'; there are %s"
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return entry.with(options);
  }

  private static void registers() {
    keyed(
        "register",
        "reads and writes of values that are written once",
        new Judge("register", LINEARIZABLE),
        KeyPlan.of(5, KeyPlan.ALL, 1_000).withSkew(Skew.zipf(1)),
        Scripts.register());
    add(
        "cas-register",
        "reads, writes and compare-and-sets of few values",
        new Judge("cas-register", LINEARIZABLE),
        List.of(),
        options ->
            Generator.keyed(
                options.applyTo(SMALL), Scripts.casRegister(options.values().orElse(VALUES))));
    keyed(
        "kv",
        "puts, gets, appends and deletes by key",
        new Judge("kv", LINEARIZABLE),
        SMALL,
        Scripts.kv());
    keyed(
        "counter",
        "adds to totals, and reads them",
        new Judge("counter", LINEARIZABLE),
        SMALL,
        Scripts.counter());
    keyed(
        "monotonic",
        "watches totals that grow: nobody sees one go back",
        new Judge("counter", MONOTONIC),
        KeyPlan.of(2, KeyPlan.ALL, 500),
        Scripts.growing());
    keyed(
        "unique-ids",
        "asks for values that must not come twice",
        new Judge("unique-id", LINEARIZABLE),
        KeyPlan.one(),
        Scripts.uniqueId());
  }

  private static void collections() {
    keyed(
        "set",
        "adds to sets, and reads them whole",
        new Judge("set", LINEARIZABLE),
        SHARED,
        Scripts.set());
    keyed(
        "append",
        "appends to lists, and reads them whole",
        new Judge("kv-append", LINEARIZABLE),
        SHARED,
        Scripts.list("kv-append", 40));
    add(
        "single-shot",
        "one command at a time, sent once: what was acknowledged is there in its order",
        new Judge("append", LINEARIZABLE),
        List.of(),
        options -> Generator.keyed(options.applyTo(SHARED), Scripts.list("append", 20)).atMost(1));
    keyed(
        "log",
        "appends to logs, and reads by offset",
        new Judge("log", LINEARIZABLE),
        SMALL,
        Scripts.log());
    keyed(
        "queue",
        "puts values into queues, and takes them out, the oldest first",
        new Judge("queue", LINEARIZABLE),
        TINY,
        Scripts.container("queue", "enqueue", "dequeue"));
    keyed(
        "stack",
        "puts values on stacks, and takes them off, the newest first",
        new Judge("stack", LINEARIZABLE),
        TINY,
        Scripts.container("stack", "push", "pop"));
  }

  private static void locks() {
    keyed(
        "lock",
        "acquires and releases locks, whoever holds them",
        new Judge("mutex", LINEARIZABLE),
        TINY,
        Scripts.lock("mutex"));
    keyed(
        "fencing",
        "acquires locks whose tokens have to grow, and releases them",
        new Judge("fenced-mutex", LINEARIZABLE),
        TINY,
        Scripts.lock("fenced-mutex"));
    keyed(
        "election",
        "all want to lead: there is one leader at most at a time, of a later term each time",
        new Judge("fenced-mutex", ONE_HOLDER),
        KeyPlan.of(1, 5, 200),
        Scripts.lock("fenced-mutex"));
  }

  private static void transactions() {
    keyed(
        "list-append",
        "transactions that append to lists and read them whole",
        new Judge("list-append", LINEARIZABLE_BY_KEY),
        SHARED,
        Transactions.script("list-append", "append"));
    keyed(
        "multi-register",
        "transactions that write registers and read them",
        new Judge("multi-register", LINEARIZABLE_BY_KEY),
        SMALL,
        Transactions.script("multi-register", "w"));
    add(
        "bank",
        "transfers between accounts, none of which may ever owe",
        new Judge("bank", LINEARIZABLE_BY_KEY),
        Transactions.deposits(BANKS),
        options -> Generator.keyed(options.applyTo(SMALL.withMost(BANKS)), Transactions.bank()));
  }

  /// Several of them side by side, of a model each.
  private static void mixed() {
    Map<String, Integer> parts = new LinkedHashMap<>();
    parts.put("register", 3);
    parts.put("cas-register", 2);
    parts.put("kv", 2);
    parts.put("list-append", 2);
    parts.put("set", 1);
    parts.put("counter", 1);
    parts.put("queue", 1);
    parts.put("fencing", 1);
    parts.put("log", 1);
    List<Judge> judges =
        parts.keySet().stream().flatMap(name -> named(name).judges().stream()).toList();
    BY_NAME.put(
        USUAL,
        new Entry(
            USUAL,
            "several of the others side by side, on objects of their own",
            judges,
            List.of(),
            options -> mix(parts, options)));
  }

  private static Generator mix(Map<String, Integer> parts, WorkloadOptions options) {
    Stream<Generator.Weighted> weighted =
        parts.entrySet().stream()
            .map(part ->
                new Generator.Weighted(part.getValue(), named(part.getKey(), options).load()));
    return Generator.mix(weighted.toList());
  }

  private static void keyed(
      String name, String summary, Judge judge, KeyPlan usual, KeyedScript script) {
    add(
        name,
        summary,
        judge,
        List.of(),
        options -> Generator.keyed(options.applyTo(usual), script));
  }

  private static void add(
      String name,
      String summary,
      Judge judge,
      List<Action> preparation,
      Function<WorkloadOptions, Generator> load) {
    BY_NAME.put(name, new Entry(name, summary, List.of(judge), preparation, load));
  }
}
