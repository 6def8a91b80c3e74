package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.checker.Verdict.Attempt;
import dev.labrys.checker.Verdict.Certificate;
import dev.labrys.checker.Verdict.Contribution;
import dev.labrys.checker.Verdict.Counterexample;
import dev.labrys.checker.Verdict.Effort;
import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Judgements made by hand, with what a checker would have said of them.
final class Stories {
  static final String CHECKER = "linearizable register";

  private static final long PER_MICRO = 1000L;

  private Stories() {}

  /// Five clients on one register. A partition heals, and a client reads what had been replaced.
  static Judgement staleRead() {
    Simulation run = new Simulation(new Seed(7), 5, Value.keyword("x"));
    run.operations(18);
    run.fault(1, "partition", "n1 n2 | n3 n4 n5");
    run.operations(10);
    run.heal(1);
    Operation[] trio = run.staleRead();
    run.operations(9);
    History history = run.history();
    Operation replaced = same(history, trio[0]);
    Operation replacing = same(history, trio[1]);
    Operation stale = same(history, trio[2]);
    List<Operation> before =
        run.order(history).stream()
            .filter(operation -> operation.returnPosition() < stale.callPosition())
            .toList();
    Counterexample found =
        new Counterexample(
            Value.keyword("x"),
            "Process %d read %s, but %s had replaced it before the read began."
                .formatted(stale.process(), stale.output(), replacing.input()),
            stale,
            List.of(
                new Contribution(replaced, true),
                new Contribution(replacing, true),
                new Contribution(stale, true)),
            List.of(attempt(before, stale), attempt(before.subList(0, before.size() - 1), stale)),
            "register zones");
    return judgement("stale-read.jsonl", history, found, 57);
  }

  /// Any number of operations, the order in which the simulation let them take effect.
  static Judgement valid(int operations, int clients) {
    Simulation run = new Simulation(new Seed(11), clients, Value.nil());
    run.operations(operations);
    History history = run.history();
    return new Judgement(
        "run-11.jsonl",
        CHECKER,
        history,
        new Verdict.Valid(
            List.of(new Certificate(Value.nil(), run.order(history), "register zones")),
            new Effort(operations, 1, operations * 2L, 1_234_567)));
  }

  /// A long history with a stale read near its end.
  static Judgement longStaleRead(int operations, int clients) {
    Simulation run = new Simulation(new Seed(3), clients, Value.nil());
    run.operations(operations / 2);
    run.fault(1, "kill", "n2");
    run.operations(operations / 4);
    run.heal(1);
    run.operations(operations / 8);
    Operation[] trio = run.staleRead();
    run.operations(operations / 8);
    History history = run.history();
    Operation stale = same(history, trio[2]);
    List<Operation> before =
        run.order(history).stream()
            .filter(operation -> operation.returnPosition() < stale.callPosition())
            .toList();
    Counterexample found =
        new Counterexample(
            Value.nil(),
            "Process %d read %s, but %s had replaced it before the read began."
                .formatted(stale.process(), stale.output(), same(history, trio[1]).input()),
            stale,
            List.of(
                new Contribution(same(history, trio[0]), true),
                new Contribution(same(history, trio[1]), true),
                new Contribution(stale, true)),
            List.of(attempt(before, stale)),
            "register zones");
    return judgement("long.jsonl", history, found, operations);
  }

  /// Four operations, one of unknown outcome and one that failed.
  static Judgement withUnknown() {
    HistoryBuilder builder = new HistoryBuilder();
    builder.add(invoked(0, "write", 1, 1_000));
    builder.add(new Event.Completed(0, Outcome.ok(Value.nil()), 3_000_000));
    builder.add(invoked(2, "write", 3, 3_200_000));
    builder.add(invoked(1, "write", 2, 3_500_000));
    builder.add(new Event.Completed(2, Outcome.unknown(), 5_000_000));
    builder.add(new Event.Completed(1, Outcome.failed(), 6_000_000));
    builder.add(new Event.Invoked(3, "read", Value.nil(), Value.nil(), 6_500_000));
    builder.add(new Event.Completed(3, Outcome.ok(Value.of(2)), 9_750_000));
    History history = builder.build();
    List<Operation> all = history.operations();
    Counterexample found =
        new Counterexample(
            Value.nil(),
            "The read returned 2, which only a failed write wrote.",
            all.get(3),
            List.of(
                new Contribution(all.get(0), true),
                new Contribution(all.get(1), false),
                new Contribution(all.get(2), true),
                new Contribution(all.get(3), true)),
            List.of(
                new Attempt(List.of(all.get(0), all.get(1)), List.of("nil", "1", "3"), all.get(3)),
                new Attempt(List.of(all.get(0)), List.of("nil", "1"), all.get(3))),
            "search");
    return judgement("failed-write.edn", history, found, 5);
  }

  /// Two keys, each with a write and a read.
  static Judgement twoKeys() {
    HistoryBuilder builder = new HistoryBuilder();
    for (int i = 0; i < 2; i++) {
      Value key = Value.keyword(i == 0 ? "a" : "b");
      long time = i * 1_500_000L;
      builder.add(new Event.Invoked(i, "write", key, Value.of(i), time));
      builder.add(new Event.Completed(i, Outcome.ok(Value.nil()), time + 400_000));
      builder.add(new Event.Invoked(i + 2, "read", key, Value.nil(), time + 600_000));
      builder.add(new Event.Completed(i + 2, Outcome.ok(Value.of(i)), time + 1_400_000));
    }
    History history = builder.build();
    List<Operation> all = history.operations();
    return new Judgement(
        "two-keys.jsonl",
        CHECKER,
        history,
        new Verdict.Valid(
            List.of(
                new Certificate(Value.keyword("a"), all.subList(0, 2), "search"),
                new Certificate(Value.keyword("b"), all.subList(2, 4), "search")),
            new Effort(4, 2, 4, 9_000)));
  }

  /// `text` wherever a history has a text to give.
  static Judgement hostile(String text) {
    Value value = Value.of(text);
    HistoryBuilder builder = new HistoryBuilder();
    builder.add(new Event.FaultStarted(1, text, value, 500, Value.MapOf.empty()));
    builder.add(new Event.Note(text, text, value, 600, Value.MapOf.empty()));
    builder.add(new Event.Invoked(0, text, value, value, 1_000));
    builder.add(new Event.Completed(0, Outcome.ok(value), 2_000_000));
    builder.add(new Event.Invoked(1, text, value, value, 2_100_000));
    builder.add(new Event.Completed(1, Outcome.ok(value), 4_000_000));
    History history = builder.build();
    Operation first = history.operations().get(0);
    Operation second = history.operations().get(1);
    Counterexample found =
        new Counterexample(
            value,
            text,
            second,
            List.of(new Contribution(first, true), new Contribution(second, true)),
            List.of(new Attempt(List.of(first), List.of(text, text), second)),
            text);
    return new Judgement(
        text, text, history, new Verdict.Invalid(found, new Effort(2, 1, 3, 4_000)));
  }

  static Judgement undecided() {
    History history = valid(40, 5).history();
    return new Judgement(
        "hard.jsonl",
        "linearizable queue",
        history,
        new Verdict.Undecided(
            "the time limit of 60 s was reached",
            Value.of("orders"),
            31,
            40,
            new Effort(40, 1, 98_765_432, 60_004_000_000L)));
  }

  private static Judgement judgement(
      String source, History history, Counterexample found, long configurations) {
    return new Judgement(
        source,
        CHECKER,
        history,
        new Verdict.Invalid(found, new Effort(history.size(), 1, configurations, 1_234_567)));
  }

  private static Event invoked(int process, String function, long input, long time) {
    return new Event.Invoked(process, function, Value.nil(), Value.of(input), time);
  }

  /// The operation as the finished history has it.
  private static Operation same(History history, Operation operation) {
    return history.operations().get(operation.index());
  }

  private static Attempt attempt(List<Operation> order, Operation stuck) {
    List<String> states = new ArrayList<>(List.of("nil"));
    for (Operation operation : order) {
      states.add(
          operation.function().equals("write") ? operation.input().toString() : states.getLast());
    }
    return new Attempt(order, states, stuck);
  }

  /// A register that really is one, and clients that overlap in using it.
  private static final class Simulation {
    private final RandomGenerator random;
    private final Value key;
    private final int clients;
    private final HistoryBuilder builder = new HistoryBuilder();
    private final List<Integer> effects = new ArrayList<>();
    private final int[] open;
    private final boolean[] writes;
    private final Value[] answers;
    private final boolean[] done;
    private final int[] processes;
    private int count;
    private long now;
    private long written;
    private Value state = Value.nil();

    Simulation(Seed seed, int clients, Value key) {
      this.random = seed.stream("story");
      this.key = key;
      this.clients = clients;
      this.open = new int[clients];
      this.writes = new boolean[clients];
      this.answers = new Value[clients];
      this.done = new boolean[clients];
      this.processes = new int[clients];
      for (int client = 0; client < clients; client++) {
        open[client] = -1;
        answers[client] = Value.nil();
        processes[client] = client;
      }
    }

    void operations(int more) {
      int target = count + more;
      while (count < target) {
        pass();
        int client = random.nextInt(clients);
        if (open[client] < 0) {
          invoke(client, random.nextInt(5) < 2 ? Value.of(++written) : Value.nil());
          if (random.nextBoolean()) {
            takeEffect(client);
          }
        } else if (done[client]) {
          complete(client);
        } else {
          takeEffect(client);
        }
      }
      settle();
    }

    private void pass() {
      now += random.nextInt(20, 400) * PER_MICRO;
    }

    private void invoke(int client, Value written) {
      open[client] = count++;
      done[client] = false;
      writes[client] = !written.isNil();
      answers[client] = written;
      builder.add(
          new Event.Invoked(
              processes[client], writes[client] ? "write" : "read", key, written, now));
    }

    private void takeEffect(int client) {
      effects.add(open[client]);
      done[client] = true;
      if (writes[client]) {
        state = answers[client];
        answers[client] = Value.nil();
      } else {
        answers[client] = state;
      }
    }

    private void complete(int client) {
      boolean isLost = random.nextInt(40) == 0;
      builder.add(
          new Event.Completed(
              processes[client], isLost ? Outcome.unknown() : Outcome.ok(answers[client]), now));
      open[client] = -1;
    }

    private void settle() {
      for (int client = 0; client < clients; client++) {
        if (open[client] >= 0) {
          pass();
          if (!done[client]) {
            takeEffect(client);
          }
          complete(client);
        }
      }
    }

    void fault(long id, String fault, String targets) {
      pass();
      builder.add(new Event.FaultStarted(id, fault, Value.of(targets), now, Value.MapOf.empty()));
    }

    void heal(long id) {
      pass();
      builder.add(new Event.FaultHealed(id, now, Value.MapOf.empty()));
    }

    /// Two writes and a read of the first, one after the other.
    Operation[] staleRead() {
      int first = count;
      Value old = alone(0, Value.of(++written));
      alone(1, Value.of(++written));
      pass();
      builder.add(new Event.Invoked(processes[2], "read", key, Value.nil(), now));
      pass();
      builder.add(new Event.Completed(processes[2], Outcome.ok(old), now));
      count++;
      List<Operation> all = builder.build().operations();
      return new Operation[] {all.get(first), all.get(first + 1), all.get(first + 2)};
    }

    private Value alone(int client, Value value) {
      pass();
      invoke(client, value);
      takeEffect(client);
      pass();
      builder.add(new Event.Completed(processes[client], Outcome.ok(Value.nil()), now));
      open[client] = -1;
      return value;
    }

    History history() {
      return builder.build();
    }

    List<Operation> order(History history) {
      return effects.stream().map(history.operations()::get).toList();
    }
  }
}
