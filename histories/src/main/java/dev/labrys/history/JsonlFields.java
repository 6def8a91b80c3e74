package dev.labrys.history;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The fields of one line of the native format, in whatever order they come, and the event they
/// make. A field that this type of event does not have survives in its extras.
final class JsonlFields {
  private static final int TYPE = 1;
  private static final int PROCESS = 1 << 1;
  private static final int FUNCTION = 1 << 2;
  private static final int KEY = 1 << 3;
  private static final int VALUE = 1 << 4;
  private static final int TIME = 1 << 5;
  private static final int ID = 1 << 6;
  private static final int FAULT = 1 << 7;
  private static final int TARGETS = 1 << 8;
  private static final int SOURCE = 1 << 9;
  private static final int LABEL = 1 << 10;
  private static final int EXTRAS = 1 << 11;

  private final String file;
  private final JsonParser parser;
  private final JsonValues values;
  private final EventTimes times = new EventTimes();

  private int seen;
  private String type = "";
  private long process;
  private long time;
  private long id;
  private String function = "";
  private String fault = "";
  private String source = "";
  private String label = "";
  private Value key = Value.nil();
  private Value value = Value.nil();
  private Value targets = Value.nil();
  private final Map<Value, Value> extras = new LinkedHashMap<>();

  JsonlFields(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
    values = new JsonValues(file, new TextPool());
  }

  long timeOfLast() {
    return times.last();
  }

  /// Reads the object at whose start the parser is.
  Event event() throws IOException {
    seen = 0;
    key = Value.nil();
    value = Value.nil();
    targets = Value.nil();
    extras.clear();
    for (String name; (name = parser.nextFieldName()) != null; ) {
      parser.nextToken();
      read(name);
    }
    require(TYPE, "type");
    return switch (type) {
      case "invoke" -> invoked();
      case "ok" -> completed(VALUE, Outcome.ok(value));
      case "fail" -> completed(0, Outcome.failed());
      case "info" -> completed(0, Outcome.unknown());
      case "fault" -> faultStarted();
      case "heal" -> {
        require(ID, "id");
        yield new Event.FaultHealed(id, time(), extrasBeyond(ID));
      }
      case "note" -> note();
      default ->
          throw malformed(
              "type \"" + type + "\" is none of invoke, ok, fail, info, fault, heal, note");
    };
  }

  private void read(String name) throws IOException {
    switch (name) {
      case "type" -> type = text(TYPE, name);
      case "process" -> process = number(PROCESS, name);
      case "f" -> function = text(FUNCTION, name);
      case "key" -> {
        once(KEY, name);
        key = values.pooled(parser);
      }
      case "value" -> {
        once(VALUE, name);
        value = values.value(parser);
      }
      case "time" -> time = number(TIME, name);
      case "id" -> id = number(ID, name);
      case "fault" -> fault = text(FAULT, name);
      case "targets" -> {
        once(TARGETS, name);
        targets = values.value(parser);
      }
      case "source" -> source = text(SOURCE, name);
      case "label" -> label = text(LABEL, name);
      case "extras" -> {
        once(EXTRAS, name);
        values.extras(parser).entries().forEach(this::extra);
      }
      default -> extra(Value.keyword(name), values.value(parser));
    }
  }

  private String text(int field, String name) throws IOException {
    once(field, name);
    return values.text(parser).text();
  }

  private long number(int field, String name) throws IOException {
    once(field, name);
    return values.number(parser);
  }

  private void once(int field, String name) {
    if ((seen & field) != 0) {
      throw malformed("\"" + name + "\" occurs twice");
    }
    seen |= field;
  }

  private void extra(Value name, Value extra) {
    if (extras.put(name, extra) != null) {
      throw malformed(name + " occurs twice");
    }
  }

  private Event invoked() {
    require(FUNCTION, "f");
    return new Event.Invoked(
        process(), function, key, value, time(), extrasBeyond(PROCESS | FUNCTION | KEY | VALUE));
  }

  private Event completed(int more, Outcome outcome) {
    return new Event.Completed(process(), outcome, time(), extrasBeyond(PROCESS | more));
  }

  private Event faultStarted() {
    require(ID, "id");
    require(FAULT, "fault");
    return new Event.FaultStarted(id, fault, targets, time(), extrasBeyond(ID | FAULT | TARGETS));
  }

  private Event note() {
    require(SOURCE, "source");
    require(LABEL, "label");
    return new Event.Note(source, label, value, time(), extrasBeyond(SOURCE | LABEL | VALUE));
  }

  private void require(int field, String name) {
    if ((seen & field) == 0) {
      String line = (seen & TYPE) == 0 ? "the line" : "a line of type " + type;
      throw malformed(line + " has no \"" + name + "\"");
    }
  }

  private int process() {
    require(PROCESS, "process");
    if (process != (int) process) {
      throw malformed("expected a process number of 32 bits, not " + process);
    }
    return (int) process;
  }

  private long time() {
    return (seen & TIME) == 0 ? times.untimed() : times.timed(time);
  }

  /// The extras, and every field seen that is neither in `known` nor common to all types.
  private Value.MapOf extrasBeyond(int known) {
    int beyond = seen & ~(known | TYPE | TIME | EXTRAS);
    if (beyond != 0) {
      keep(beyond, PROCESS, "process", Value.of(process));
      keep(beyond, FUNCTION, "f", Value.of(function));
      keep(beyond, KEY, "key", key);
      keep(beyond, VALUE, "value", value);
      keep(beyond, ID, "id", Value.of(id));
      keep(beyond, FAULT, "fault", Value.of(fault));
      keep(beyond, TARGETS, "targets", targets);
      keep(beyond, SOURCE, "source", Value.of(source));
      keep(beyond, LABEL, "label", Value.of(label));
    }
    return extras.isEmpty() ? Value.MapOf.empty() : new Value.MapOf(extras);
  }

  private void keep(int beyond, int field, String name, Value content) {
    if ((beyond & field) != 0 && !content.isNil()) {
      extra(Value.keyword(name), content);
    }
  }

  private MalformedHistoryException malformed(String problem) {
    JsonLocation at = parser.currentTokenLocation();
    return new MalformedHistoryException(file, at.getLineNr(), at.getColumnNr(), problem);
  }
}
