package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Elements that are put in and taken out: a queue, a stack, or neither.
final class ContainerObject implements SequentialObject {
  enum Order {
    FIRST_IN_FIRST_OUT,
    LAST_IN_FIRST_OUT,
    ANY
  }

  /// How often a client that finds nothing reports that as an answer. The others claim nothing.
  private static final double EMPTY_ANSWERS = 0.25;

  private final Order order;
  private final Deque<Value> ordered = new ArrayDeque<>();
  private final List<Value> unordered = new ArrayList<>();

  ContainerObject(Order order) {
    this.order = order;
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    boolean isStack = order == Order.LAST_IN_FIRST_OUT;
    return chooser.reads()
        ? new Request(client, isStack ? "pop" : "dequeue")
        : new Request(client, isStack ? "push" : "enqueue", chooser.value());
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    if (request.function().equals("enqueue") || request.function().equals("push")) {
      put(request.input());
      return Outcome.ok(Value.nil());
    }
    if (ordered.isEmpty() && unordered.isEmpty()) {
      return chooser.dice().chance(EMPTY_ANSWERS) ? Outcome.ok(Value.nil()) : Outcome.failed();
    }
    return Outcome.ok(take(chooser.dice()));
  }

  private void put(Value element) {
    if (order == Order.ANY) {
      unordered.add(element);
    } else {
      ordered.addLast(element);
    }
  }

  private Value take(Dice dice) {
    return switch (order) {
      case FIRST_IN_FIRST_OUT -> ordered.removeFirst();
      case LAST_IN_FIRST_OUT -> ordered.removeLast();
      case ANY -> {
        Value last = unordered.removeLast();
        int place = dice.below(unordered.size() + 1);
        yield place == unordered.size() ? last : unordered.set(place, last);
      }
    };
  }
}
