package dev.labrys.raft.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Steps drawn at random, over so few names and data that they get in each other's way.
final class StepSamples {
  private static final List<String> NAMES = List.of("x", "y", "ž");

  private final RandomGenerator random;

  StepSamples(RandomGenerator random) {
    this.random = random;
  }

  Step step() {
    return switch (random.nextInt(12)) {
      case 0 -> new Command.All(several(this::simpleStep));
      case 1 -> new Query.All(several(this::simpleQuery));
      default -> simpleStep();
    };
  }

  private <T> List<T> several(Supplier<T> one) {
    List<T> several = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      several.add(one.get());
    }
    return several;
  }

  private Step simpleStep() {
    return switch (random.nextInt(20)) {
      case 0, 1 -> new Command.Put(name(), datum());
      case 2, 3 -> new Command.Append(name(), text());
      case 4 -> new Command.Delete(name());
      case 5 -> new Command.CompareAndSet(name(), datum(), datum());
      case 6 -> new Command.AppendItem(name(), datum());
      case 7 -> new Command.Add(name(), random.nextInt(-3, 6));
      case 8 -> new Command.Transfer(name(), name(), random.nextInt(6));
      case 9 -> new Command.Insert(name(), datum());
      case 10 -> new Command.Remove(name(), datum());
      case 11 -> new Command.Enqueue(name(), datum());
      case 12 -> new Command.Dequeue(name(), pick(List.of(Command.End.values())));
      case 13 -> new Command.Acquire(name(), name(), pick(List.of(Command.Again.values())));
      case 14 -> new Command.Release(name(), name());
      default -> simpleQuery();
    };
  }

  private Query simpleQuery() {
    return switch (random.nextInt(7)) {
      case 0 -> new Query.Get(name());
      case 1 -> new Query.ReadList(name());
      case 2 -> new Query.ItemAt(name(), random.nextInt(-1, 20));
      case 3 -> new Query.Total(name());
      case 4 -> new Query.Contains(name(), datum());
      case 5 -> new Query.Elements(name());
      default -> new Query.Holder(name());
    };
  }

  Answer answer() {
    return switch (random.nextInt(8)) {
      case 0 -> new Answer.Each(several(this::simpleAnswer));
      default -> simpleAnswer();
    };
  }

  private Answer simpleAnswer() {
    return switch (random.nextInt(5)) {
      case 0 -> new Answer.Done();
      case 1 -> new Answer.Found(datum());
      case 2 -> new Answer.Truth(random.nextBoolean());
      case 3 -> new Answer.Items(several(this::datum));
      default -> new Answer.Refused(pick(List.of(Answer.Reason.values())));
    };
  }

  private Datum datum() {
    return switch (random.nextInt(12)) {
      case 0 -> Datum.nothing();
      case 1 -> Datum.of(random.nextLong());
      case 2, 3, 4, 5 -> text();
      default -> Datum.of(random.nextInt(-1, 3));
    };
  }

  private Datum.Text text() {
    return Datum.of(pick(List.of("", "a", "b", "1", "žluť")));
  }

  private String name() {
    return pick(NAMES);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
