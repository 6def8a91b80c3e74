package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.ArrayList;
import java.util.List;

/// Steps as bytes: a version, a byte that says which step, and what it consists of.
final class StepCodec {
  private static final int VERSION = 1;

  private static final int PUT = 1;
  private static final int APPEND = 2;
  private static final int DELETE = 3;
  private static final int COMPARE_AND_SET = 4;
  private static final int APPEND_ITEM = 5;
  private static final int ADD = 6;
  private static final int TRANSFER = 7;
  private static final int INSERT = 8;
  private static final int REMOVE = 9;
  private static final int ENQUEUE = 10;
  private static final int DEQUEUE_OLDEST = 11;
  private static final int DEQUEUE_NEWEST = 12;
  private static final int ACQUIRE = 13;
  private static final int ACQUIRE_COUNTED = 14;
  private static final int RELEASE = 15;
  private static final int ALL_STEPS = 16;

  private static final int GET = 64;
  private static final int READ_LIST = 65;
  private static final int ITEM_AT = 66;
  private static final int TOTAL = 67;
  private static final int CONTAINS = 68;
  private static final int ELEMENTS = 69;
  private static final int HOLDER = 70;
  private static final int ALL_QUERIES = 71;

  private StepCodec() {}

  static Bytes encode(Step step) {
    WireWriter writer = new WireWriter(32).octet(VERSION);
    write(step, writer);
    return writer.toBytes();
  }

  private static void write(Step step, WireWriter writer) {
    switch (step) {
      case Command command -> write(command, writer);
      case Query query -> write(query, writer);
    }
  }

  private static void write(Command command, WireWriter writer) {
    switch (command) {
      case Command.Put(String register, Datum value) -> {
        writer.octet(PUT).text(register);
        value.write(writer);
      }
      case Command.Append(String register, Datum.Text suffix) ->
          writer.octet(APPEND).text(register).bytes(suffix.utf8());
      case Command.Delete(String register) -> writer.octet(DELETE).text(register);
      case Command.CompareAndSet(String register, Datum expected, Datum replacement) -> {
        writer.octet(COMPARE_AND_SET).text(register);
        expected.write(writer);
        replacement.write(writer);
      }
      case Command.AppendItem(String list, Datum item) -> write(APPEND_ITEM, list, item, writer);
      case Command.Add(String counter, long delta) -> writer.octet(ADD).text(counter).signed(delta);
      case Command.Transfer(String from, String to, long amount) ->
          writer.octet(TRANSFER).text(from).text(to).number(amount);
      case Command.Insert(String set, Datum element) -> write(INSERT, set, element, writer);
      case Command.Remove(String set, Datum element) -> write(REMOVE, set, element, writer);
      case Command.Enqueue(String queue, Datum element) -> write(ENQUEUE, queue, element, writer);
      case Command.Dequeue(String queue, Command.End end) ->
          writer
              .octet(
                  switch (end) {
                    case OLDEST -> DEQUEUE_OLDEST;
                    case NEWEST -> DEQUEUE_NEWEST;
                  })
              .text(queue);
      case Command.Acquire(String lock, String owner, Command.Again again) ->
          writer
              .octet(
                  switch (again) {
                    case VAIN -> ACQUIRE;
                    case COUNTED -> ACQUIRE_COUNTED;
                  })
              .text(lock)
              .text(owner);
      case Command.Release(String lock, String owner) ->
          writer.octet(RELEASE).text(lock).text(owner);
      case Command.All(List<Step> steps) -> {
        writer.octet(ALL_STEPS).number(steps.size());
        steps.forEach(step -> write(step, writer));
      }
    }
  }

  private static void write(Query query, WireWriter writer) {
    switch (query) {
      case Query.Get(String register) -> writer.octet(GET).text(register);
      case Query.ReadList(String list) -> writer.octet(READ_LIST).text(list);
      case Query.ItemAt(String list, long place) -> writer.octet(ITEM_AT).text(list).signed(place);
      case Query.Total(String counter) -> writer.octet(TOTAL).text(counter);
      case Query.Contains(String set, Datum element) -> write(CONTAINS, set, element, writer);
      case Query.Elements(String set) -> writer.octet(ELEMENTS).text(set);
      case Query.Holder(String lock) -> writer.octet(HOLDER).text(lock);
      case Query.All(List<Query> queries) -> {
        writer.octet(ALL_QUERIES).number(queries.size());
        queries.forEach(part -> write(part, writer));
      }
    }
  }

  private static void write(int kind, String name, Datum datum, WireWriter writer) {
    writer.octet(kind).text(name);
    datum.write(writer);
  }

  static Step decode(Bytes bytes) throws WireFormatException {
    WireReader reader = new WireReader(bytes);
    if (reader.octet() != VERSION) {
      throw reader.malformedAt(0, "expected version " + VERSION + " of steps");
    }
    Step step = read(reader);
    reader.end();
    return step;
  }

  private static Step read(WireReader reader) throws WireFormatException {
    int position = reader.position();
    int kind = reader.octet();
    return switch (kind) {
      case ALL_STEPS -> new Command.All(steps(reader));
      case ALL_QUERIES -> new Query.All(queries(reader));
      default -> read(kind, position, reader);
    };
  }

  private static List<Step> steps(WireReader reader) throws WireFormatException {
    int count = reader.count();
    List<Step> steps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int position = reader.position();
      steps.add(read(reader.octet(), position, reader));
    }
    return steps;
  }

  private static List<Query> queries(WireReader reader) throws WireFormatException {
    int count = reader.count();
    List<Query> queries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int position = reader.position();
      if (!(read(reader.octet(), position, reader) instanceof Query query)) {
        throw reader.malformedAt(position, "expected a query, not a command");
      }
      queries.add(query);
    }
    return queries;
  }

  /// Reads a step that is not made of steps.
  private static Step read(int kind, int position, WireReader reader) throws WireFormatException {
    return switch (kind) {
      case PUT -> new Command.Put(reader.text(), Datum.read(reader));
      case APPEND -> new Command.Append(reader.text(), new Datum.Text(reader.bytes()));
      case DELETE -> new Command.Delete(reader.text());
      case COMPARE_AND_SET ->
          new Command.CompareAndSet(reader.text(), Datum.read(reader), Datum.read(reader));
      case APPEND_ITEM -> new Command.AppendItem(reader.text(), Datum.read(reader));
      case ADD -> new Command.Add(reader.text(), reader.signed());
      case TRANSFER ->
          new Command.Transfer(
              reader.text(), reader.text(), reader.numberWithin(0, Long.MAX_VALUE));
      case INSERT -> new Command.Insert(reader.text(), Datum.read(reader));
      case REMOVE -> new Command.Remove(reader.text(), Datum.read(reader));
      case ENQUEUE -> new Command.Enqueue(reader.text(), Datum.read(reader));
      case DEQUEUE_OLDEST -> new Command.Dequeue(reader.text(), Command.End.OLDEST);
      case DEQUEUE_NEWEST -> new Command.Dequeue(reader.text(), Command.End.NEWEST);
      case ACQUIRE -> new Command.Acquire(reader.text(), reader.text(), Command.Again.VAIN);
      case ACQUIRE_COUNTED ->
          new Command.Acquire(reader.text(), reader.text(), Command.Again.COUNTED);
      case RELEASE -> new Command.Release(reader.text(), reader.text());
      case GET -> new Query.Get(reader.text());
      case READ_LIST -> new Query.ReadList(reader.text());
      case ITEM_AT -> new Query.ItemAt(reader.text(), reader.signed());
      case TOTAL -> new Query.Total(reader.text());
      case CONTAINS -> new Query.Contains(reader.text(), Datum.read(reader));
      case ELEMENTS -> new Query.Elements(reader.text());
      case HOLDER -> new Query.Holder(reader.text());
      default -> throw reader.malformedAt(position, "a kind of step that there is not here");
    };
  }
}
