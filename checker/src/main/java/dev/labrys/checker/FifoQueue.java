package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A queue that gives out elements in the order in which it took them in. It starts empty.
record FifoQueue() implements Model<Fifo> {
  @Override
  public String name() {
    return "queue";
  }

  @Override
  public Set<String> functions() {
    return Set.of("enqueue", "dequeue");
  }

  @Override
  public Fifo initial() {
    return Fifo.EMPTY;
  }

  @Override
  public List<Fifo> step(Fifo state, Call call) {
    return switch (call.function()) {
      case "enqueue" -> List.of(state.enqueued(Arguments.present(call, "an element")));
      case "dequeue" -> dequeue(state, call);
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static List<Fifo> dequeue(Fifo state, Call call) {
    if (state.isEmpty()) {
      return call.mayReturn(Value.nil()) ? List.of(state) : List.of();
    }
    return call.mayReturn(state.head()) ? List.of(state.dequeued()) : List.of();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("dequeue") && Removal.isFutile(call);
  }

  @Override
  public Shape shape() {
    return new Shape.Sequence(Shape.Sequence.Order.FIRST_IN_FIRST_OUT, FifoQueue::access);
  }

  private static Shape.Sequence.Access access(Call call) {
    return switch (call.function()) {
      case "enqueue" -> new Shape.Sequence.Insert(call.input());
      case "dequeue" -> Removal.access(call);
      default -> new Shape.Sequence.Other();
    };
  }
}
