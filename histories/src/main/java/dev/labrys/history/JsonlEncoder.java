package dev.labrys.history;

import java.util.Iterator;
import java.util.Map;

/// Writes events as lines of the native format (`docs/history-format.md`).
final class JsonlEncoder implements EventEncoder {
  static final int VERSION = 1;

  @Override
  public void start(Utf8Buffer out) {
    out.ascii("{\"labrys-history\":").number(VERSION).ascii("}\n");
  }

  @Override
  public void event(Utf8Buffer out, Event event) {
    switch (event) {
      case Event.Invoked invoked -> invoked(out, invoked);
      case Event.Completed completed -> completed(out, completed);
      case Event.FaultStarted started -> {
        out.ascii("{\"type\":\"fault\",\"id\":").number(started.id());
        out.ascii(",\"fault\":").quoted(started.fault());
        field(out, ",\"targets\":", started.targets());
      }
      case Event.FaultHealed healed -> out.ascii("{\"type\":\"heal\",\"id\":").number(healed.id());
      case Event.Note note -> {
        out.ascii("{\"type\":\"note\",\"source\":").quoted(note.source());
        out.ascii(",\"label\":").quoted(note.label());
        field(out, ",\"value\":", note.value());
      }
    }
    out.ascii(",\"time\":").number(event.time());
    if (!event.extras().entries().isEmpty()) {
      extras(out.ascii(",\"extras\":"), event.extras());
    }
    out.ascii("}\n");
  }

  private static void invoked(Utf8Buffer out, Event.Invoked invoked) {
    out.ascii("{\"type\":\"invoke\",\"process\":").number(invoked.process());
    out.ascii(",\"f\":").quoted(invoked.function());
    field(out, ",\"key\":", invoked.key());
    field(out, ",\"value\":", invoked.input());
  }

  private static void completed(Utf8Buffer out, Event.Completed completed) {
    switch (completed.outcome()) {
      case Outcome.Ok ok -> {
        out.ascii("{\"type\":\"ok\",\"process\":").number(completed.process());
        field(out, ",\"value\":", ok.output());
      }
      case Outcome.Failed failed ->
          out.ascii("{\"type\":\"fail\",\"process\":").number(completed.process());
      case Outcome.Unknown unknown ->
          out.ascii("{\"type\":\"info\",\"process\":").number(completed.process());
    }
  }

  private static void field(Utf8Buffer out, String prefix, Value value) {
    if (!value.isNil()) {
      value(out.ascii(prefix), value, 0);
    }
  }

  /// Extras are nearly always named by keywords, so there a plain name stands for one.
  private static void extras(Utf8Buffer out, Value.MapOf extras) {
    if (!extras.entries().keySet().stream().allMatch(Value.Keyword.class::isInstance)
        || looksSpecial(extras)) {
      pairs(out, extras, 0);
      return;
    }
    char separator = '{';
    for (Map.Entry<Value, Value> entry : extras.entries().entrySet()) {
      out.ascii(separator).quoted(name(entry.getKey())).ascii(':');
      value(out, entry.getValue(), 1);
      separator = ',';
    }
    out.ascii('}');
  }

  static void value(Utf8Buffer out, Value value, int depth) {
    if (depth > Limits.NESTING) {
      throw new IllegalArgumentException("values nested deeper than " + Limits.NESTING);
    }
    switch (value) {
      case Value.Nil nil -> out.ascii("null");
      case Value.Bool bool -> out.ascii(bool.toString());
      case Value.Int integer -> out.number(integer.number());
      case Value.Real real -> real(out, real.number());
      case Value.Text text -> out.quoted(text.text());
      case Value.Exact exact ->
          out.ascii("{\"$exact\":").quoted(Numbers.requireExact(exact).literal()).ascii('}');
      case Value.Char character ->
          out.ascii("{\"$char\":").quoted(Character.toString(character.codePoint())).ascii('}');
      case Value.Keyword keyword -> out.ascii("{\"$keyword\":").quoted(keyword.name()).ascii('}');
      case Value.Symbol symbol -> out.ascii("{\"$symbol\":").quoted(symbol.name()).ascii('}');
      case Value.Sequence sequence -> items(out, sequence.items(), depth);
      case Value.SetOf set -> {
        items(out.ascii("{\"$set\":"), set.items(), depth);
        out.ascii('}');
      }
      case Value.MapOf map -> map(out, map, depth);
      case Value.Tagged tagged -> {
        out.ascii("{\"$tagged\":[").quoted(tagged.tag()).ascii(',');
        value(out, tagged.value(), depth + 1);
        out.ascii("]}");
      }
    }
  }

  private static void real(Utf8Buffer out, double number) {
    if (Double.isFinite(number)) {
      out.ascii(Double.toString(number));
    } else {
      out.ascii("{\"$real\":\"").ascii(Double.toString(number)).ascii("\"}");
    }
  }

  private static void items(Utf8Buffer out, Iterable<Value> items, int depth) {
    out.ascii('[');
    Iterator<Value> rest = items.iterator();
    while (rest.hasNext()) {
      value(out, rest.next(), depth + 1);
      if (rest.hasNext()) {
        out.ascii(',');
      }
    }
    out.ascii(']');
  }

  private static void map(Utf8Buffer out, Value.MapOf map, int depth) {
    if (!map.entries().keySet().stream().allMatch(Value.Text.class::isInstance)
        || looksSpecial(map)) {
      pairs(out, map, depth);
      return;
    }
    out.ascii('{');
    boolean isFirst = true;
    for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
      if (!isFirst) {
        out.ascii(',');
      }
      isFirst = false;
      out.quoted(name(entry.getKey())).ascii(':');
      value(out, entry.getValue(), depth + 1);
    }
    out.ascii('}');
  }

  private static void pairs(Utf8Buffer out, Value.MapOf map, int depth) {
    out.ascii("{\"$map\":[");
    boolean isFirst = true;
    for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
      out.ascii(isFirst ? "[" : ",[");
      isFirst = false;
      value(out, entry.getKey(), depth + 1);
      out.ascii(',');
      value(out, entry.getValue(), depth + 1);
      out.ascii(']');
    }
    out.ascii("]}");
  }

  /// Whether `map`, written as an object, would read as one of the `$…` forms, or has a name that
  /// JSON parsers refuse.
  private static boolean looksSpecial(Value.MapOf map) {
    boolean isFirst = true;
    for (Value key : map.entries().keySet()) {
      String name = name(key);
      if ((isFirst && name.startsWith("$")) || hasLoneSurrogate(name)) {
        return true;
      }
      isFirst = false;
    }
    return false;
  }

  private static boolean hasLoneSurrogate(String name) {
    return name.codePoints()
        .anyMatch(point -> point <= 0xffff && Character.isSurrogate((char) point));
  }

  private static String name(Value key) {
    return switch (key) {
      case Value.Text text -> text.text();
      case Value.Keyword keyword -> keyword.name();
      default -> throw new IllegalStateException("not a name: " + key);
    };
  }
}
