package dev.labrys.raft.calls;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Several reads and writes at once: `[[:r key nil] [:w key value] …]`.
///
/// @param asked each of them as the history has it
/// @param steps the same as the store has it
record Transaction(List<Value.Sequence> asked, List<Step> steps) {
  private static final Value READ = Value.keyword("r");

  /// What a transaction reads and writes.
  enum Kind {
    REGISTERS("w"),
    LISTS("append");

    private final String write;

    Kind(String write) {
      this.write = write;
    }

    Value write() {
      return Value.keyword(write);
    }
  }

  static Transaction of(Action action, Kind kind) {
    if (!action.function().equals("txn")) {
      throw new Words(action).unknown();
    }
    List<Value.Sequence> asked = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    if (action.input() instanceof Value.Sequence parts) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.item(i) instanceof Value.Sequence part && part.size() == 3) {
          asked.add(part);
          steps.add(step(action.model(), part, kind));
        }
      }
      if (asked.size() == parts.size()) {
        return new Transaction(asked, steps);
      }
    }
    throw new IllegalArgumentException(
        "a transaction is [[:r key nil] [%s key value] …], not %s"
            .formatted(kind.write(), action.input()));
  }

  private static Step step(String model, Value.Sequence part, Kind kind) {
    String name = Words.name(model, part.item(1));
    if (part.item(0).equals(READ)) {
      return switch (kind) {
        case REGISTERS -> new Query.Get(name);
        case LISTS -> new Query.ReadList(name);
      };
    }
    if (!part.item(0).equals(kind.write())) {
      throw new IllegalArgumentException(
          "a part of this transaction is a :r or a %s, not %s".formatted(kind.write(), part));
    }
    return switch (kind) {
      case REGISTERS -> new Command.Put(name, Words.datum(part.item(2)));
      case LISTS -> new Command.AppendItem(name, Words.datum(part.item(2)));
    };
  }

  /// One that only reads is a query of its own, which need not go through the log.
  Step step() {
    List<Query> queries = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Query query) {
        queries.add(query);
      }
    }
    return queries.size() == steps.size() ? new Query.All(queries) : new Command.All(steps);
  }

  /// What was asked, with what was read filled in.
  Optional<Value> read(Answer answer) {
    if (!(answer instanceof Answer.Each(List<Answer> answers))) {
      return Optional.empty();
    }
    List<Value> output = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Value.Sequence part = asked.get(i);
      Optional<Value> seen = Words.plain(answers.get(i));
      if (seen.isEmpty()) {
        throw new IllegalStateException("a part of a transaction was refused: " + part);
      }
      output.add(
          part.item(0).equals(READ)
              ? Value.sequence(part.item(0), part.item(1), seen.get())
              : part);
    }
    return Optional.of(new Value.Sequence(output));
  }
}
