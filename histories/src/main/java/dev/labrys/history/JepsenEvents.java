package dev.labrys.history;

import org.jspecify.annotations.Nullable;

/// Says in our words what a Jepsen operation says in its own.
///
/// `:fail` and `:info` repeat the argument as their value; when they say anything else there, such
/// as `:timed-out`, it survives in the extras.
final class JepsenEvents {
  static final Value VALUE = Value.keyword("value");
  static final Value TYPE = Value.keyword("type");

  private final String source;
  private final EventTimes times = new EventTimes();
  private final OpenCalls calls = new OpenCalls();

  JepsenEvents(String source) {
    this.source = source;
  }

  /// The next event of the journal.
  Event event(JepsenOp op) {
    if (op.process instanceof Value.Int process) {
      if (process.number() != (int) process.number()) {
        throw malformed(op, "expected a :process of 32 bits, not " + process);
      }
      return ofClient(op, (int) process.number());
    }
    return ofOthers(op);
  }

  private Event ofClient(JepsenOp op, int process) {
    String type = op.type;
    if (type == null) {
      throw malformed(op, "the operation has no :type");
    }
    return switch (type) {
      case "invoke" -> invoked(op, process);
      case "ok" -> {
        matchingCall(op, process);
        yield new Event.Completed(process, Outcome.ok(op.value), time(op), op.extras());
      }
      case "fail" -> withoutAnswer(op, process, Outcome.failed());
      case "info" -> withoutAnswer(op, process, Outcome.unknown());
      default -> throw malformed(op, "expected :type :invoke, :ok, :fail or :info, not :" + type);
    };
  }

  private Event invoked(JepsenOp op, int process) {
    String function = op.function;
    if (function == null) {
      throw malformed(op, "the operation has no :f");
    }
    Event.Invoked invoked =
        new Event.Invoked(process, function, op.key, op.value, time(op), op.extras());
    calls.open(invoked, op.line);
    return invoked;
  }

  private Event withoutAnswer(JepsenOp op, int process, Outcome outcome) {
    Event.Invoked call = matchingCall(op, process);
    if (!op.value.isNil() && (call == null || !op.value.equals(call.input()))) {
      op.addExtra(VALUE, op.value);
    }
    return new Event.Completed(process, outcome, time(op), op.extras());
  }

  /// The call that `op` completes, which it must repeat faithfully. If there is none, that is for
  /// the builder of the history to say.
  private Event.@Nullable Invoked matchingCall(JepsenOp op, int process) {
    Event.Invoked call = calls.close(process);
    if (call != null) {
      if (op.function != null && !op.function.equals(call.function())) {
        throw mismatch(op, process, op.function, call.function());
      }
      if (!op.key.isNil() && !op.key.equals(call.key())) {
        throw mismatch(op, process, "key " + op.key, "key " + call.key());
      }
    }
    return call;
  }

  private IllFormedHistoryException mismatch(
      JepsenOp op, int process, String completed, String invoked) {
    return new IllFormedHistoryException(
        "%s:%d: process %d completes %s, but it invoked %s at %s:%d"
            .formatted(
                source, op.line, process, completed, invoked, source, calls.lineOf(process)));
  }

  /// An operation whose process is no number: what a nemesis, or another tool, did.
  private Event ofOthers(JepsenOp op) {
    if (op.process == null) {
      throw malformed(op, "the operation has no :process");
    }
    String process = name(op.process);
    if (process == null) {
      throw malformed(op, "expected a number or a name as :process, not " + op.process);
    }
    if (!op.key.isNil()) {
      op.addExtra(Value.keyword("key"), op.key);
    }
    if (op.fault instanceof Value.Int id) {
      return new Event.FaultStarted(id.number(), function(op), op.value, time(op), op.extras());
    }
    if (op.healed instanceof Value.Int id) {
      return new Event.FaultHealed(id.number(), time(op), op.extras());
    }
    if (op.type != null) {
      op.addExtra(TYPE, Value.keyword(op.type));
    }
    return new Event.Note(process, function(op), op.value, time(op), op.extras());
  }

  private static String function(JepsenOp op) {
    return op.function == null ? "" : op.function;
  }

  private long time(JepsenOp op) {
    return switch (op.time) {
      case null -> times.untimed();
      case Value.Int time -> times.timed(time.number());
      default -> throw malformed(op, "expected a :time in nanoseconds, not " + op.time);
    };
  }

  /// The text that `value` is made of, if it is a name.
  static @Nullable String name(Value value) {
    return switch (value) {
      case Value.Keyword keyword -> keyword.name();
      case Value.Text text -> text.text();
      case Value.Symbol symbol -> symbol.name();
      default -> null;
    };
  }

  private MalformedHistoryException malformed(JepsenOp op, String problem) {
    return new MalformedHistoryException(source, op.line, op.column, problem);
  }
}
