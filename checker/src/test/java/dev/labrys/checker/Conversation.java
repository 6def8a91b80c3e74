package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// What clients may ask of an object, and what it might answer, right or wrong.
record Conversation(Function<Draw, Question> asking, BiFunction<Draw, Question, Value> answering) {

  /// One question.
  ///
  /// @param function what is asked
  /// @param input the argument
  record Question(String function, Value input) {
    private static Question of(String function) {
      return new Question(function, Value.nil());
    }
  }

  Question ask(Draw draw) {
    return asking.apply(draw);
  }

  Value answer(Draw draw, Question question) {
    return answering.apply(draw, question);
  }

  /// What clients of the model of that name say.
  static Conversation about(String model) {
    return switch (model) {
      case "register" -> new Conversation(Conversation::askRegister, Conversation::answerRegister);
      case "cas-register" ->
          new Conversation(Conversation::askCasRegister, Conversation::answerRegister);
      case "kv" -> new Conversation(Conversation::askKeyValue, Conversation::answerRegister);
      case "kv-string" -> new Conversation(Conversation::askText, Conversation::answerText);
      case "counter" -> new Conversation(Conversation::askCounter, Conversation::answerCounter);
      case "unique-id" ->
          new Conversation(draw -> Question.of("generate"), (draw, asked) -> draw.number(7));
      case "append", "kv-append" ->
          new Conversation(Conversation::askList, Conversation::answerList);
      case "log" -> new Conversation(Conversation::askLog, Conversation::answerLog);
      case "queue", "unordered-queue" ->
          new Conversation(draw -> askHeap(draw, "enqueue", "dequeue"), Conversation::answerHeap);
      case "stack" ->
          new Conversation(draw -> askHeap(draw, "push", "pop"), Conversation::answerHeap);
      case "set" -> new Conversation(Conversation::askSet, Conversation::answerSet);
      case "mutex" ->
          new Conversation(
              draw -> Question.of(draw.oneOf("acquire", "release")),
              (draw, asked) -> Value.of(draw.chance(70)));
      case "reentrant-mutex" ->
          new Conversation(Conversation::askLock, (draw, asked) -> Value.nil());
      case "fenced-mutex" ->
          new Conversation(Conversation::askLock, (draw, asked) -> draw.number(6));
      case "multi-register" ->
          new Conversation(Conversation::askRegisters, Conversation::answerRegisters);
      case "list-append" -> new Conversation(Conversation::askLists, Conversation::answerLists);
      case "bank" -> new Conversation(Conversation::askBank, Conversation::answerBank);
      default -> throw new IllegalArgumentException("nobody talks about " + model);
    };
  }

  private static Question askRegister(Draw draw) {
    return draw.chance(50) ? Question.of("read") : new Question("write", draw.written());
  }

  private static Question askCasRegister(Draw draw) {
    return draw.chance(40)
        ? new Question("cas", Value.sequence(draw.seenOrNil(), draw.written()))
        : askRegister(draw);
  }

  private static Question askKeyValue(Draw draw) {
    return switch (draw.below(8)) {
      case 0 -> Question.of("delete");
      case 1 -> new Question("append", Value.of(draw.oneOf("a", "b")));
      case 2 -> new Question("put", draw.written());
      case 3, 4 -> Question.of("get");
      default -> askCasRegister(draw);
    };
  }

  private static Value answerRegister(Draw draw, Question asked) {
    return switch (asked.function()) {
      case "read", "get" ->
          draw.chance(5) ? Value.of(draw.oneOf("a", "b", "ab")) : draw.seenOrNil();
      case "cas" -> Value.of(draw.chance(60));
      default -> Value.nil();
    };
  }

  private static Question askText(Draw draw) {
    return switch (draw.below(5)) {
      case 0 -> new Question("put", text(draw, 2));
      case 1, 2 -> new Question("append", text(draw, 2));
      default -> Question.of("get");
    };
  }

  private static Value answerText(Draw draw, Question asked) {
    return asked.function().equals("get") ? text(draw, 4) : Value.nil();
  }

  private static Value text(Draw draw, int longest) {
    StringBuilder text = new StringBuilder();
    for (int length = draw.below(longest + 1); length > 0; length--) {
      text.append(draw.oneOf("a", "b"));
    }
    return Value.of(text.toString());
  }

  private static Question askCounter(Draw draw) {
    String function = draw.oneOf("add", "add", "increment", "decrement", "read", "read", "read");
    boolean isPlain = function.equals("read") || (!function.equals("add") && draw.chance(50));
    return isPlain ? Question.of(function) : new Question(function, Value.of(draw.below(5) - 1));
  }

  private static Value answerCounter(Draw draw, Question asked) {
    return asked.function().equals("read") ? Value.of(draw.below(9) - 2) : Value.nil();
  }

  private static Question askList(Draw draw) {
    return draw.chance(40) ? Question.of("read") : new Question("append", draw.written());
  }

  private static Value answerList(Draw draw, Question asked) {
    return asked.function().equals("read") ? draw.seenSequence() : Value.nil();
  }

  private static Question askLog(Draw draw) {
    return draw.chance(50)
        ? new Question("read", draw.number(4))
        : new Question("append", draw.written());
  }

  private static Value answerLog(Draw draw, Question asked) {
    if (asked.function().equals("read")) {
      return draw.seenOrNil();
    }
    return switch (draw.below(4)) {
      case 0 -> Value.nil();
      case 1 -> Value.sequence(draw.number(4), asked.input());
      default -> draw.number(4);
    };
  }

  private static Question askHeap(Draw draw, String insertion, String removal) {
    return draw.chance(50) ? Question.of(removal) : new Question(insertion, draw.written());
  }

  private static Value answerHeap(Draw draw, Question asked) {
    return asked.input().isNil() ? draw.seenOrNil() : Value.nil();
  }

  private static Question askSet(Draw draw) {
    return switch (draw.below(10)) {
      case 0, 1, 2, 3 -> new Question("add", draw.written());
      case 4 -> new Question("remove", draw.seen());
      case 5 -> new Question("contains", draw.seen());
      default -> Question.of("read");
    };
  }

  private static Value answerSet(Draw draw, Question asked) {
    return switch (asked.function()) {
      case "read" -> draw.chance(50) ? Value.set(draw.seenList()) : draw.seenSequence();
      case "contains" -> Value.of(draw.chance(50));
      default -> draw.chance(70) ? Value.nil() : Value.of(draw.chance(50));
    };
  }

  private static Question askLock(Draw draw) {
    return new Question(draw.oneOf("acquire", "release"), Value.of(draw.oneOf("ann", "bob")));
  }

  private static Question askRegisters(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> Question.of("read");
      case 1 -> {
        Map<Value, Value> registers = new LinkedHashMap<>();
        for (int i = draw.below(3); i >= 0; i--) {
          registers.put(draw.number(2), draw.written());
        }
        yield new Question("write", new Value.MapOf(registers));
      }
      default -> new Question("txn", steps(draw, "w"));
    };
  }

  private static Value answerRegisters(Draw draw, Question asked) {
    return switch (asked.function()) {
      case "read" -> {
        Map<Value, Value> registers = new LinkedHashMap<>();
        for (int key = draw.below(2); key < 2; key++) {
          registers.put(Value.of(key), draw.seenOrNil());
        }
        yield new Value.MapOf(registers);
      }
      case "txn" -> answered(asked.input(), draw::seenOrNil);
      default -> Value.nil();
    };
  }

  private static Question askLists(Draw draw) {
    return new Question("txn", steps(draw, "append"));
  }

  private static Value answerLists(Draw draw, Question asked) {
    return answered(asked.input(), () -> draw.chance(25) ? Value.nil() : draw.seenSequence());
  }

  private static Value steps(Draw draw, String write) {
    List<Value> steps = new ArrayList<>();
    for (int i = draw.below(2); i >= 0; i--) {
      Value key = draw.number(2);
      steps.add(
          draw.chance(50)
              ? Value.sequence(Value.keyword("r"), key, Value.nil())
              : Value.sequence(Value.of(write), key, draw.written()));
    }
    return new Value.Sequence(steps);
  }

  private static Value answered(Value steps, Supplier<Value> seen) {
    List<Value> answered = new ArrayList<>();
    for (Value step : ((Value.Sequence) steps).items()) {
      Value.Sequence parts = (Value.Sequence) step;
      answered.add(
          parts.item(0) instanceof Value.Keyword
              ? Value.sequence(parts.item(0), parts.item(1), seen.get())
              : step);
    }
    return new Value.Sequence(answered);
  }

  private static Question askBank(Draw draw) {
    if (draw.chance(50)) {
      return Question.of("read");
    }
    int from = draw.below(2);
    return new Question(
        "transfer",
        new Value.MapOf(
            Map.of(
                Value.keyword("from"), Value.of(from),
                Value.keyword("to"), Value.of(1L - from),
                Value.keyword("amount"), Value.of(40L + 40L * draw.below(2)))));
  }

  private static Value answerBank(Draw draw, Question asked) {
    if (asked.function().equals("transfer")) {
      return Value.of(draw.chance(70));
    }
    long gain = 40L * (draw.below(5) - 2);
    Value first = Value.of(100 + gain);
    Value second = Value.of(100 - gain + (draw.chance(10) ? 40 : 0));
    return new Value.MapOf(Map.of(Value.of(0), first, Value.of(1), second));
  }
}
