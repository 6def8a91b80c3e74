package dev.labrys.history;

import java.util.Map;

/// Writes events as lines of an etcd log of Jepsen. That has no times, keys or faults.
final class EtcdLogEncoder implements EventEncoder {
  static final Value ERROR = Value.keyword("error");

  private final OpenCalls calls = new OpenCalls();

  @Override
  public void event(Utf8Buffer out, Event event) {
    switch (event) {
      case Event.Invoked invoked -> {
        if (!invoked.key().isNil()) {
          throw unsayable("keys");
        }
        calls.open(invoked, 0);
        client(out, "invoke", invoked, invoked.input(), invoked.extras().entries());
      }
      case Event.Completed completed -> completed(out, completed);
      case Event.FaultStarted started -> throw unsayable("faults");
      case Event.FaultHealed healed -> throw unsayable("faults");
      case Event.Note note -> note(out, note);
    }
  }

  private static IllegalArgumentException unsayable(String what) {
    return new IllegalArgumentException("an etcd log has no " + what + "; write jsonl or edn");
  }

  private void completed(Utf8Buffer out, Event.Completed completed) {
    Event.Invoked call = calls.close(completed.process());
    if (call == null) {
      throw new IllegalArgumentException(
          "process %d completes an operation it has not invoked".formatted(completed.process()));
    }
    Map<Value, Value> extras = completed.extras().entries();
    Value remark = extras.getOrDefault(JepsenEvents.VALUE, call.input());
    switch (completed.outcome()) {
      case Outcome.Ok ok -> client(out, "ok", call, ok.output(), extras);
      case Outcome.Failed failed -> client(out, "fail", call, remark, extras);
      case Outcome.Unknown unknown -> client(out, "info", call, remark, extras);
    }
  }

  private static void client(
      Utf8Buffer out, String type, Event.Invoked call, Value value, Map<Value, Value> extras) {
    line(out, Value.of(call.process()), Value.keyword(type), call.function(), value, extras);
  }

  private static void note(Utf8Buffer out, Event.Note note) {
    Map<Value, Value> extras = note.extras().entries();
    Value type = extras.getOrDefault(JepsenEvents.TYPE, Value.keyword("info"));
    line(out, Value.keyword(note.source()), type, note.label(), note.value(), extras);
  }

  private static void line(
      Utf8Buffer out,
      Value process,
      Value type,
      String function,
      Value value,
      Map<Value, Value> extras) {
    EdnValues.value(out.ascii(EtcdLogParser.PREFIX), process);
    EdnValues.value(out.ascii('\t'), type);
    EdnTags.keyword(out.ascii('\t'), function);
    EdnValues.value(out.ascii('\t'), value);
    for (Map.Entry<Value, Value> extra : extras.entrySet()) {
      if (extra.getKey().equals(ERROR)) {
        EdnValues.value(out.ascii('\t'), extra.getValue());
      } else if (!extra.getKey().equals(JepsenEvents.VALUE)
          && !extra.getKey().equals(JepsenEvents.TYPE)) {
        throw unsayable("extra entries such as " + extra.getKey());
      }
    }
    out.ascii('\n');
  }
}
