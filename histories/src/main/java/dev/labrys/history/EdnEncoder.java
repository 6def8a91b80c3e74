package dev.labrys.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Writes events as Jepsen's operation maps, one per line.
///
/// As Jepsen does, completions repeat the function and, if there is no answer, the argument. Faults
/// are written as operations of the nemesis, with an entry that makes them faults again on reading.
final class EdnEncoder implements EventEncoder {
  private static final Set<String> RESERVED =
      Set.of(
          "process",
          "type",
          "f",
          "key",
          "value",
          "time",
          "index",
          "labrys/fault",
          "labrys/healed",
          "labrys/extras");

  /// Which entries an operation map has.
  enum Style {
    /// Those of Jepsen.
    JEPSEN,

    /// Those of Porcupine's key-value logs: no time, no index, always a key.
    KEY_VALUE
  }

  private final Style style;
  private final OpenCalls calls = new OpenCalls();
  private long index;

  EdnEncoder(Style style) {
    this.style = style;
  }

  @Override
  public void event(Utf8Buffer out, Event event) {
    out.ascii('{');
    if (style == Style.JEPSEN) {
      out.ascii(":index ").number(index++).ascii(", ");
    }
    switch (event) {
      case Event.Invoked invoked -> invoked(out, invoked);
      case Event.Completed completed -> completed(out, completed);
      case Event.FaultStarted started -> {
        refuseFault();
        out.ascii(":process :nemesis, :type :info, :labrys/fault ").number(started.id());
        function(out, started.fault());
        field(out, ", :value ", started.targets());
        end(out, started, started.extras().entries());
      }
      case Event.FaultHealed healed -> {
        refuseFault();
        out.ascii(":process :nemesis, :type :info, :f :heal, :labrys/healed ").number(healed.id());
        end(out, healed, healed.extras().entries());
      }
      case Event.Note note -> note(out, note);
    }
  }

  private void refuseFault() {
    if (style == Style.KEY_VALUE) {
      throw new IllegalArgumentException("a kv log has no faults; write jsonl or edn");
    }
  }

  private void invoked(Utf8Buffer out, Event.Invoked invoked) {
    calls.open(invoked, index);
    head(out, invoked.process(), ":invoke", invoked);
    field(out, ", :value ", invoked.input());
    end(out, invoked, invoked.extras().entries());
  }

  private void completed(Utf8Buffer out, Event.Completed completed) {
    Event.Invoked call = calls.close(completed.process());
    if (call == null) {
      throw new IllegalArgumentException(
          "process %d completes an operation it has not invoked".formatted(completed.process()));
    }
    Map<Value, Value> extras = completed.extras().entries();
    switch (completed.outcome()) {
      case Outcome.Ok ok -> {
        head(out, completed.process(), ":ok", call);
        field(out, ", :value ", ok.output());
        end(out, completed, extras);
      }
      case Outcome.Failed failed -> withoutAnswer(out, ":fail", completed, call, extras);
      case Outcome.Unknown unknown -> withoutAnswer(out, ":info", completed, call, extras);
    }
  }

  private void withoutAnswer(
      Utf8Buffer out,
      String type,
      Event.Completed completed,
      Event.Invoked call,
      Map<Value, Value> extras) {
    head(out, completed.process(), type, call);
    Value remark = extras.getOrDefault(JepsenEvents.VALUE, Value.nil());
    if (remark.isNil() || remark.equals(call.input())) {
      field(out, ", :value ", call.input());
      end(out, completed, extras);
    } else {
      field(out, ", :value ", remark);
      end(out, completed, without(extras, JepsenEvents.VALUE));
    }
  }

  private void head(Utf8Buffer out, int process, String type, Event.Invoked call) {
    out.ascii(":process ").number(process).ascii(", :type ").ascii(type);
    function(out, call.function());
    if (style == Style.KEY_VALUE || !call.key().isNil()) {
      field(out, ", :key ", call.key());
    }
  }

  private void note(Utf8Buffer out, Event.Note note) {
    name(out.ascii(":process "), note.source());
    Map<Value, Value> extras = note.extras().entries();
    if (extras.get(JepsenEvents.TYPE) instanceof Value.Keyword type) {
      name(out.ascii(", :type "), type.name());
      extras = without(extras, JepsenEvents.TYPE);
    }
    if (!note.label().isEmpty()) {
      function(out, note.label());
    }
    field(out, ", :value ", note.value());
    end(out, note, extras);
  }

  private static Map<Value, Value> without(Map<Value, Value> extras, Value key) {
    Map<Value, Value> rest = new LinkedHashMap<>(extras);
    rest.remove(key);
    return rest;
  }

  private static void function(Utf8Buffer out, String function) {
    name(out.ascii(", :f "), function);
  }

  private static void name(Utf8Buffer out, String name) {
    if (EdnTags.isKeyword(name)) {
      out.ascii(':').ascii(name);
    } else {
      out.quoted(name);
    }
  }

  private static void field(Utf8Buffer out, String prefix, Value value) {
    EdnValues.value(out.ascii(prefix), value);
  }

  private void end(Utf8Buffer out, Event event, Map<Value, Value> extras) {
    if (style == Style.JEPSEN) {
      out.ascii(", :time ").number(event.time());
    }
    Map<Value, Value> clashing = new LinkedHashMap<>();
    for (Map.Entry<Value, Value> extra : extras.entrySet()) {
      if (extra.getKey() instanceof Value.Keyword name && RESERVED.contains(name.name())) {
        clashing.put(extra.getKey(), extra.getValue());
      } else {
        EdnValues.value(out.ascii(", "), extra.getKey());
        EdnValues.value(out.ascii(' '), extra.getValue());
      }
    }
    if (!clashing.isEmpty()) {
      field(out, ", :labrys/extras ", new Value.MapOf(clashing));
    }
    out.ascii("}\n");
  }
}
