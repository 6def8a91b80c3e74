package dev.labrys.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Parses the logs in which Jepsen once left its histories of etcd: per line a process, a type, a
/// function and a value, such as `INFO jepsen.util - 3 :invoke :cas [1 4]`.
final class EtcdLogParser implements EventSource {
  static final String PREFIX = "INFO  jepsen.util - ";
  private static final String[] PREFIX_WORDS = {"INFO", "jepsen.util", "-"};
  private static final String EXPECTED =
      "expected a line such as " + PREFIX + "3 :invoke :cas [1 4]";

  private final TextInput in;
  private final EdnReader reader;
  private final JepsenEvents events;
  private long line;
  private @Nullable Event event;

  EtcdLogParser(InputStream stream, String source) {
    in = new TextInput(stream, source);
    reader = new EdnReader(in);
    events = new JepsenEvents(source);
  }

  @Override
  public boolean advance() throws IOException {
    while (atLineEnd()) {
      if (in.next() == TextInput.END) {
        return false;
      }
    }
    reader.startEvent();
    line = in.line();
    JepsenOp op = new JepsenOp(line, in.column());
    for (String word : PREFIX_WORDS) {
      expect(word);
    }
    op.process = field("a process");
    op.type = JepsenEvents.name(field("a type, such as :invoke"));
    op.function = JepsenEvents.name(field("a function, such as :read"));
    op.value = field("a value");
    if (!atLineEnd()) {
      op.addExtra(EtcdLogEncoder.ERROR, field("an error"));
    }
    if (!atLineEnd()) {
      throw in.malformed("expected the end of the line");
    }
    event = events.event(op);
    return true;
  }

  /// Goes past blanks; says whether the line ends there.
  private boolean atLineEnd() throws IOException {
    int next = in.peek();
    while (next == ' ' || next == '\t' || next == '\r') {
      in.skip();
      next = in.peek();
    }
    return next == '\n' || next == TextInput.END;
  }

  private void expect(String word) throws IOException {
    atLineEnd();
    for (int i = 0; i < word.length(); i++) {
      if (in.peek() != word.charAt(i)) {
        throw in.malformed(EXPECTED);
      }
      in.skip();
    }
  }

  private Value field(String what) throws IOException {
    if (atLineEnd()) {
      throw in.malformed("expected " + what + " before the end of the line");
    }
    Value value = reader.value();
    if (in.line() != line) {
      throw in.malformed("expected " + what + " within line " + line);
    }
    return value;
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
