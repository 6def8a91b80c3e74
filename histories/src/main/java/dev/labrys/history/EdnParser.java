package dev.labrys.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Parses Jepsen's histories: an operation map per line, or one vector or list of them. The maps
/// may be records (`#jepsen.history.Op{…}`).
final class EdnParser implements EventSource {
  private static final int NOT_IN_COLLECTION = 0;

  private final TextInput in;
  private final EdnReader reader;
  private final JepsenEvents events;
  private final IndexOrder order;
  private int close = NOT_IN_COLLECTION;
  private boolean isStarted;
  private boolean isOver;
  private long line;
  private @Nullable Event event;

  EdnParser(InputStream stream, String source) {
    in = new TextInput(stream, source);
    reader = new EdnReader(in);
    events = new JepsenEvents(source);
    order = new IndexOrder(source);
  }

  @Override
  public boolean advance() throws IOException {
    JepsenOp op = order.poll();
    while (op == null && !isOver) {
      JepsenOp read = read();
      if (read == null) {
        isOver = true;
        order.end();
      } else {
        order.add(read);
      }
      op = order.poll();
    }
    if (op == null) {
      return false;
    }
    line = op.line;
    event = events.event(op);
    return true;
  }

  /// The next operation in the file; null at the end.
  private @Nullable JepsenOp read() throws IOException {
    reader.startEvent();
    int next = reader.skipToToken();
    if (!isStarted && (next == '[' || next == '(')) {
      close = next == '[' ? ']' : ')';
      in.skip();
      next = reader.skipToToken();
    }
    isStarted = true;
    if (close != NOT_IN_COLLECTION && next == close) {
      in.skip();
      if (reader.skipToToken() != TextInput.END) {
        throw in.malformed("expected nothing after the " + (char) close + " of the history");
      }
      return null;
    }
    if (next == TextInput.END && close == NOT_IN_COLLECTION) {
      return null;
    }
    JepsenOp op = new JepsenOp(in.line(), in.column());
    reader.startEvent();
    if (next == '#') {
      in.skip();
      String tag = reader.tag();
      if (!tag.equals("Op") && !tag.endsWith(".Op")) {
        throw in.malformed("expected an operation, not #" + tag);
      }
      next = reader.skipToToken();
    }
    if (next != '{') {
      throw in.malformed(
          "expected an operation map, such as {:process 0, :type :invoke, :f :read}");
    }
    readMap(op);
    return op;
  }

  private void readMap(JepsenOp op) throws IOException {
    in.skip();
    for (int next; (next = reader.skipToToken()) != '}'; ) {
      if (next == ':') {
        readEntry(op, reader.keywordName());
      } else {
        extra(op, reader.value());
      }
    }
    in.skip();
  }

  private void readEntry(JepsenOp op, String name) throws IOException {
    switch (name) {
      case "process" -> {
        once(name, op.process == null);
        op.process = reader.value();
      }
      case "type" -> {
        once(name, op.type == null);
        op.type = readName(name);
      }
      case "f" -> {
        once(name, op.function == null);
        op.function = readName(name);
      }
      case "value" -> {
        once(name, op.value.isNil());
        op.value = reader.value();
      }
      case "key" -> {
        once(name, op.key.isNil());
        op.key = reader.pooled();
      }
      case "time" -> {
        once(name, op.time == null);
        Value time = reader.value();
        op.time = time.isNil() ? null : time;
      }
      case "index" -> {
        once(name, op.index == JepsenOp.NO_INDEX);
        op.index = readIndex();
      }
      case "labrys/fault" -> op.fault = readId(name);
      case "labrys/healed" -> op.healed = readId(name);
      case "labrys/extras" -> {
        if (!(reader.value() instanceof Value.MapOf extras)) {
          throw in.malformed("expected a map as :labrys/extras");
        }
        extras.entries().forEach((key, value) -> addExtra(op, key, value));
      }
      default -> extra(op, Value.keyword(name));
    }
  }

  private void once(String name, boolean isFirst) {
    if (!isFirst) {
      throw in.malformed("the key :" + name + " occurs twice");
    }
  }

  /// A name, null for nil.
  private @Nullable String readName(String key) throws IOException {
    if (reader.skipToToken() == ':') {
      return reader.keywordName();
    }
    Value value = reader.value();
    String name = JepsenEvents.name(value);
    if (name == null && !value.isNil()) {
      throw in.malformed("expected a keyword as :" + key + ", not " + value);
    }
    return name;
  }

  private long readIndex() throws IOException {
    Value value = reader.value();
    return switch (value) {
      case Value.Nil nil -> JepsenOp.NO_INDEX;
      case Value.Int index when index.number() >= JepsenOp.NO_INDEX -> index.number();
      default -> throw in.malformed("expected a number as :index, not " + value);
    };
  }

  private Value readId(String name) throws IOException {
    Value id = reader.value();
    if (!(id instanceof Value.Int)) {
      throw in.malformed("expected a number as :" + name + ", not " + id);
    }
    return id;
  }

  private void extra(JepsenOp op, Value key) throws IOException {
    if (reader.skipToToken() == '}') {
      throw in.malformed("expected a value for the key " + key);
    }
    addExtra(op, key, reader.value());
  }

  private void addExtra(JepsenOp op, Value key, Value value) {
    if (!op.addExtra(key, value)) {
      throw in.malformed("the key " + key + " occurs twice");
    }
  }

  @Override
  public Event event() {
    return Objects.requireNonNull(event);
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
