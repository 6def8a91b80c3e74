package dev.labrys.lab;

import dev.labrys.cluster.sim.RegisterScript;
import dev.labrys.cluster.sim.StoreScript;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import java.util.List;
import java.util.random.RandomGenerator;

/// The scripts of soak runs.
///
/// Objects are used for a while and then left for new ones: so no object grows large, no history of
/// one is long, and a lost write is asked for soon.
final class SoakScripts {

  private SoakScripts() {}

  /// Objects of which some are in use at a time.
  private static final class Objects {
    private static final int IN_USE = 3;

    private final int uses;
    private long used;

    /// @param uses of an object, on average, until a new one takes its place
    Objects(int uses) {
      this.uses = uses;
    }

    long next(RandomGenerator random) {
      return used++ / uses + random.nextInt(IN_USE);
    }
  }

  /// For the model `cas-register`.
  record Registers(StoreScript script) implements StoreScript {
    private static final int COUNT = 6;

    Registers() {
      this(new RegisterScript(COUNT));
    }

    @Override
    public StoreCall next(int process, RandomGenerator random) {
      return script.next(process, random);
    }
  }

  /// For the model `counter`.
  static final class Counters implements StoreScript {
    private final Objects counters = new Objects(200);

    @Override
    public StoreCall next(int process, RandomGenerator random) {
      long counter = counters.next(random);
      if (random.nextInt(2) == 0) {
        return new StoreCall(
            "read",
            Value.of(counter),
            Value.nil(),
            new Query.Total(name(counter)),
            SoakScripts::found);
      }
      long delta = random.nextInt(1, 10);
      return new StoreCall(
          "add",
          Value.of(counter),
          Value.of(delta),
          new Command.Add(name(counter), delta),
          _ -> Outcome.ok(Value.nil()));
    }
  }

  /// For the model `kv-append`.
  static final class Lists implements StoreScript {
    private final Objects lists = new Objects(60);
    private long last;

    @Override
    public StoreCall next(int process, RandomGenerator random) {
      long list = lists.next(random);
      if (random.nextInt(2) == 0) {
        return new StoreCall(
            "read",
            Value.of(list),
            Value.nil(),
            new Query.ReadList(name(list)),
            SoakScripts::items);
      }
      long item = ++last;
      return new StoreCall(
          "append",
          Value.of(list),
          Value.of(item),
          new Command.AppendItem(name(list), Datum.of(item)),
          answer -> answer instanceof Answer.Found ? Outcome.ok(Value.nil()) : Outcome.failed());
    }
  }

  /// For the model `log`.
  static final class Logs implements StoreScript {
    private static final int MOST_OFFSET = 60;

    private final Objects logs = new Objects(100);
    private long last;

    @Override
    public StoreCall next(int process, RandomGenerator random) {
      long log = logs.next(random);
      if (random.nextInt(2) == 0) {
        long offset = random.nextInt(MOST_OFFSET);
        return new StoreCall(
            "read",
            Value.of(log),
            Value.of(offset),
            new Query.ItemAt(name(log), offset),
            SoakScripts::found);
      }
      long item = ++last;
      return new StoreCall(
          "append",
          Value.of(log),
          Value.of(item),
          new Command.AppendItem(name(log), Datum.of(item)),
          SoakScripts::found);
    }
  }

  /// For the model `set`.
  static final class Sets implements StoreScript {
    private static final int ELEMENTS = 4;

    private final Objects sets = new Objects(20);

    @Override
    public StoreCall next(int process, RandomGenerator random) {
      long set = sets.next(random);
      Datum element = Datum.of(random.nextInt(ELEMENTS));
      return switch (random.nextInt(3)) {
        case 0 -> call("add", set, element, new Command.Insert(name(set), element));
        case 1 -> call("remove", set, element, new Command.Remove(name(set), element));
        default ->
            new StoreCall(
                "contains",
                Value.of(set),
                value(element),
                new Query.Contains(name(set), element),
                SoakScripts::truth);
      };
    }

    private static StoreCall call(String function, long set, Datum element, Command command) {
      return new StoreCall(function, Value.of(set), value(element), command, SoakScripts::truth);
    }
  }

  /// For the model `queue`.
  static final class Queues implements StoreScript {
    private final Objects queues = new Objects(12);
    private long last;

    @Override
    public StoreCall next(int process, RandomGenerator random) {
      long queue = queues.next(random);
      if (random.nextInt(2) == 0) {
        return new StoreCall(
            "dequeue",
            Value.of(queue),
            Value.nil(),
            new Command.Dequeue(name(queue), Command.End.OLDEST),
            SoakScripts::found);
      }
      long element = ++last;
      return new StoreCall(
          "enqueue",
          Value.of(queue),
          Value.of(element),
          new Command.Enqueue(name(queue), Datum.of(element)),
          answer -> answer instanceof Answer.Done ? Outcome.ok(Value.nil()) : Outcome.failed());
    }
  }

  private static String name(long object) {
    return "o" + object;
  }

  private static Outcome found(Answer answer) {
    return answer instanceof Answer.Found(Datum datum)
        ? Outcome.ok(value(datum))
        : Outcome.failed();
  }

  private static Outcome items(Answer answer) {
    if (!(answer instanceof Answer.Items(List<Datum> items))) {
      return Outcome.failed();
    }
    return Outcome.ok(Value.sequence(items.stream().map(SoakScripts::value).toArray(Value[]::new)));
  }

  private static Outcome truth(Answer answer) {
    return answer instanceof Answer.Truth(boolean isSo)
        ? Outcome.ok(Value.of(isSo))
        : Outcome.failed();
  }

  private static Value value(Datum datum) {
    return switch (datum) {
      case Datum.Nothing _ -> Value.nil();
      case Datum.Whole(long number) -> Value.of(number);
      case Datum.Text text -> Value.of(text.text());
    };
  }
}
