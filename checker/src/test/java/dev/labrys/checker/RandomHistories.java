package dev.labrys.checker;

import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Small random histories of a model, allowed and not allowed ones: one to four processes talk to a
/// real object, which takes calls one at a time somewhere between their invocation and return. Some
/// calls fail, some answers are lost, and some of those calls are taken much later. In many of the
/// histories the object sometimes lies.
final class RandomHistories {
  static final int MOST_OPERATIONS = 8;
  private static final int MOST_PROCESSES = 4;
  private static final int ATTEMPTS = 16;
  private static final int NANOS_PER_POSITION = 10;

  private final Model<?> model;
  private final Conversation conversation;

  private RandomHistories(Model<?> model, Conversation conversation) {
    this.model = model;
    this.conversation = conversation;
  }

  static RandomHistories of(String model) {
    return of(Models.named(model), Conversation.about(model));
  }

  static RandomHistories of(Model<?> model, Conversation conversation) {
    return new RandomHistories(model, conversation);
  }

  History next(RandomGenerator random) {
    return new Run<>(model, conversation, random).play();
  }

  /// An operation under way.
  private static final class Open {
    private final int index;
    private final int process;
    private final int object;
    private final Conversation.Question question;
    private final int callPosition;
    private boolean hasHappened;
    private Value answer = Value.nil();

    Open(int index, int process, int object, Conversation.Question question, int callPosition) {
      this.index = index;
      this.process = process;
      this.object = object;
      this.question = question;
      this.callPosition = callPosition;
    }
  }

  private static final class Run<S> {
    private final Model<S> model;
    private final Conversation conversation;
    private final Draw draw;
    private final int size;
    private final int concurrency;
    private final int objects;
    private final boolean isLying;
    private final int lossPercent;
    private final List<S> states = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final List<Operation> finished = new ArrayList<>();
    private final List<Open> lost = new ArrayList<>();
    private final List<Integer> idle = new ArrayList<>();
    private int invoked;
    private int nextProcess;
    private int position;

    Run(Model<S> model, Conversation conversation, RandomGenerator random) {
      this.model = model;
      this.conversation = conversation;
      this.draw = new Draw(random, random.nextBoolean());
      this.size = 1 + Math.max(draw.below(MOST_OPERATIONS), draw.below(MOST_OPERATIONS));
      this.concurrency = 1 + draw.below(MOST_PROCESSES);
      this.objects = model.isKeyed() && draw.chance(30) ? 2 : 1;
      this.isLying = draw.chance(65);
      this.lossPercent = draw.chance(50) ? 0 : 20;
      for (int i = 0; i < objects; i++) {
        states.add(model.initial());
      }
    }

    History play() {
      while (invoked < size || !open.isEmpty()) {
        if (!lost.isEmpty() && draw.chance(20)) {
          takeEffect(lost.removeLast());
        }
        boolean canInvoke = invoked < size && open.size() < concurrency;
        if (canInvoke && (open.isEmpty() || draw.chance(40))) {
          invoke();
        } else {
          advance(open.get(draw.below(open.size())));
        }
      }
      finished.sort(Comparator.comparingInt(Operation::index));
      return new History(finished);
    }

    private void invoke() {
      int process = idle.isEmpty() ? nextProcess++ : idle.removeLast();
      open.add(new Open(invoked, process, draw.below(objects), conversation.ask(draw), position));
      invoked++;
      position++;
    }

    private void advance(Open operation) {
      if (draw.chance(lossPercent)) {
        lose(operation);
      } else if (operation.hasHappened) {
        finish(operation, Outcome.ok(answer(operation)));
      } else if (isLying && draw.chance(10)) {
        finish(operation, Outcome.ok(conversation.answer(draw, operation.question)));
      } else {
        happen(operation);
      }
    }

    private void lose(Open operation) {
      boolean isFailed =
          draw.chance(40) && (!operation.hasHappened || (isLying && draw.chance(20)));
      if (isFailed) {
        finish(operation, Outcome.failed());
      } else {
        lost.add(operation);
        if (draw.chance(60)) {
          finish(operation, Outcome.unknown());
        } else {
          abandon(operation);
        }
      }
    }

    private Value answer(Open operation) {
      return isLying && draw.chance(30)
          ? conversation.answer(draw, operation.question)
          : operation.answer;
    }

    /// An operation that can't happen now may be refused, or go on waiting.
    private void happen(Open operation) {
      if (!takeEffect(operation) && draw.chance(50)) {
        finish(operation, draw.chance(60) ? Outcome.failed() : Outcome.unknown());
      }
    }

    /// Looks for an answer that the object may give, and lets it give that.
    private boolean takeEffect(Open operation) {
      for (int i = 0; i < ATTEMPTS && !operation.hasHappened; i++) {
        Value answer = conversation.answer(draw, operation.question);
        List<S> next = model.step(states.get(operation.object), call(operation, answer));
        if (!next.isEmpty()) {
          states.set(operation.object, next.get(draw.below(next.size())));
          operation.answer = answer;
          operation.hasHappened = true;
        }
      }
      return operation.hasHappened;
    }

    private static Call call(Open operation, Value answer) {
      return new Call(
          operation.question.function(), operation.question.input(), Outcome.ok(answer));
    }

    private void finish(Open operation, Outcome outcome) {
      add(operation, outcome, position, (long) position * NANOS_PER_POSITION);
      if (!(outcome instanceof Outcome.Unknown)) {
        idle.add(operation.process);
      }
      position++;
    }

    private void abandon(Open operation) {
      add(operation, Outcome.unknown(), Operation.NEVER, Operation.NEVER_TIME);
    }

    private void add(Open operation, Outcome outcome, int returnPosition, long returnTime) {
      open.remove(operation);
      finished.add(
          new Operation(
              operation.index,
              operation.process,
              operation.question.function(),
              objects == 1 ? Value.nil() : Value.of(operation.object),
              operation.question.input(),
              outcome,
              (long) operation.callPosition * NANOS_PER_POSITION,
              returnTime,
              operation.callPosition,
              returnPosition));
    }
  }
}
