package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The state machine that workloads are run against: registers, lists, counters, sets, queues and
/// locks by name.
///
/// It is given steps as [Step#toBytes] has them and gives answers as [Answer#of] takes them. A
/// [Query] may come as a command, too; it then has its place among the commands.
public final class Store implements StateMachine {
  private static final int VERSION = 1;

  private final StoreLimits limits;
  private Registers registers;
  private Counters counters;
  private Locks locks;
  private Shelf<List<Datum>> lists;
  private Shelf<LinkedHashSet<Datum>> sets;
  private Shelf<ArrayDeque<Datum>> queues;

  /// An empty one.
  public Store() {
    this(StoreLimits.DEFAULTS);
  }

  /// An empty one that does not become larger than that.
  public Store(StoreLimits limits) {
    this.limits = limits;
    registers = new Registers(limits);
    counters = new Counters(limits);
    locks = new Locks(limits);
    lists = new Shelf<>(limits, ArrayList::new);
    sets = new Shelf<>(limits, LinkedHashSet::new);
    queues = new Shelf<>(limits, ArrayDeque::new);
  }

  @Override
  public Bytes apply(long index, Bytes command) {
    Answer answer;
    try {
      answer = perform(Step.of(command));
    } catch (WireFormatException malformed) {
      answer = new Answer.Refused(Answer.Reason.MALFORMED);
    }
    return answer.toBytes();
  }

  @Override
  public Bytes query(Bytes query) {
    Answer answer;
    try {
      answer =
          switch (Step.of(query)) {
            case Query question -> tell(question);
            case Command _ -> new Answer.Refused(Answer.Reason.NOT_A_QUERY);
          };
    } catch (WireFormatException malformed) {
      answer = new Answer.Refused(Answer.Reason.MALFORMED);
    }
    return answer.toBytes();
  }

  private Answer perform(Step step) {
    return switch (step) {
      case Command command -> change(command);
      case Query query -> tell(query);
    };
  }

  private Answer change(Command command) {
    return switch (command) {
      case Command.Put(String register, Datum value) -> done(registers.put(register, value));
      case Command.Append(String register, Datum.Text suffix) ->
          done(registers.append(register, suffix.utf8()));
      case Command.Delete(String register) -> done(registers.put(register, Datum.nothing()));
      case Command.CompareAndSet swap -> compareAndSet(swap);
      case Command.AppendItem(String list, Datum item) -> appendItem(list, item);
      case Command.Add(String counter, long delta) -> counters.add(counter, delta);
      case Command.Transfer(String from, String to, long amount) ->
          counters.transfer(from, to, amount);
      case Command.Insert(String set, Datum element) -> insert(set, element);
      case Command.Remove(String set, Datum element) -> remove(set, element);
      case Command.Enqueue(String queue, Datum element) -> enqueue(queue, element);
      case Command.Dequeue(String queue, Command.End end) -> dequeue(queue, end);
      case Command.Acquire wish -> locks.acquire(wish);
      case Command.Release(String lock, String owner) -> locks.release(lock, owner);
      case Command.All(List<Step> steps) ->
          new Answer.Each(steps.stream().map(this::perform).toList());
    };
  }

  private static Answer done(Optional<Answer.Reason> obstacle) {
    return obstacle.isEmpty() ? new Answer.Done() : new Answer.Refused(obstacle.get());
  }

  private Answer compareAndSet(Command.CompareAndSet swap) {
    if (!registers.value(swap.register()).equals(swap.expected())) {
      return new Answer.Truth(false);
    }
    Optional<Answer.Reason> obstacle = registers.put(swap.register(), swap.replacement());
    return obstacle.isEmpty() ? new Answer.Truth(true) : new Answer.Refused(obstacle.get());
  }

  private Answer appendItem(String list, Datum item) {
    if (!lists.hasRoom(list)) {
      return new Answer.Refused(Answer.Reason.FULL);
    }
    int place = lists.named(list).size();
    lists.add(list, item);
    return new Answer.Found(Datum.of(place));
  }

  private Answer insert(String set, Datum element) {
    if (!sets.hasRoom(set)) {
      return sets.named(set).contains(element)
          ? new Answer.Truth(false)
          : new Answer.Refused(Answer.Reason.FULL);
    }
    return new Answer.Truth(sets.add(set, element));
  }

  private Answer remove(String set, Datum element) {
    boolean wasThere = sets.named(set).remove(element);
    sets.removed(set);
    return new Answer.Truth(wasThere);
  }

  private Answer enqueue(String queue, Datum element) {
    if (!queues.hasRoom(queue)) {
      return new Answer.Refused(Answer.Reason.FULL);
    }
    queues.add(queue, element);
    return new Answer.Done();
  }

  private Answer dequeue(String queue, Command.End end) {
    ArrayDeque<Datum> elements = queues.named(queue);
    if (elements.isEmpty()) {
      return new Answer.Found(Datum.nothing());
    }
    Datum taken =
        switch (end) {
          case OLDEST -> elements.removeFirst();
          case NEWEST -> elements.removeLast();
        };
    queues.removed(queue);
    return new Answer.Found(taken);
  }

  private Answer tell(Query query) {
    return switch (query) {
      case Query.Get(String register) -> new Answer.Found(registers.value(register));
      case Query.ReadList(String list) -> new Answer.Items(lists.named(list));
      case Query.ItemAt(String list, long place) -> itemAt(lists.named(list), place);
      case Query.Total(String counter) -> new Answer.Found(Datum.of(counters.total(counter)));
      case Query.Contains(String set, Datum element) ->
          new Answer.Truth(sets.named(set).contains(element));
      case Query.Elements(String set) -> new Answer.Items(List.copyOf(sets.named(set)));
      case Query.Holder(String lock) -> new Answer.Found(locks.holder(lock));
      case Query.All(List<Query> queries) ->
          new Answer.Each(queries.stream().map(this::tell).toList());
    };
  }

  private static Answer itemAt(List<Datum> items, long place) {
    boolean isThere = place >= 0 && place < items.size();
    return new Answer.Found(isThere ? items.get((int) place) : Datum.nothing());
  }

  @Override
  public Bytes snapshot() {
    WireWriter writer = new WireWriter(1024).octet(VERSION);
    registers.write(writer);
    counters.write(writer);
    locks.write(writer);
    lists.write(writer);
    sets.write(writer);
    queues.write(writer);
    return writer.toBytes();
  }

  @Override
  public void restore(Bytes state) {
    Store restored = new Store(limits);
    if (state.length() > 0) {
      try {
        restored.read(new WireReader(state));
      } catch (WireFormatException malformed) {
        throw new IllegalArgumentException("this is no snapshot of a store", malformed);
      }
    }
    registers = restored.registers;
    counters = restored.counters;
    locks = restored.locks;
    lists = restored.lists;
    sets = restored.sets;
    queues = restored.queues;
  }

  private void read(WireReader reader) throws WireFormatException {
    if (reader.octet() != VERSION) {
      throw reader.malformedAt(0, "expected version " + VERSION + " of snapshots");
    }
    registers = Registers.read(limits, reader);
    counters = Counters.read(limits, reader);
    locks = Locks.read(limits, reader);
    lists = Shelf.read(limits, ArrayList::new, reader);
    sets = Shelf.read(limits, LinkedHashSet::new, reader);
    queues = Shelf.read(limits, ArrayDeque::new, reader);
    reader.end();
  }
}
