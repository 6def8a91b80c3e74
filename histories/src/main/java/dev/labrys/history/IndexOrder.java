package dev.labrys.history;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Puts operations into the order of their `:index`.
///
/// Nearly every file is in that order already, without gaps: then nothing waits here. After a gap,
/// operations wait for the missing ones, at most [Limits#EVENTS_OUT_OF_ORDER] of them.
final class IndexOrder {
  private final String source;
  private final PriorityQueue<JepsenOp> waiting =
      new PriorityQueue<>(Comparator.comparingLong((JepsenOp op) -> op.index));
  private final Deque<JepsenOp> ready = new ArrayDeque<>(2);
  private @Nullable JepsenOp first;
  private @Nullable JepsenOp lastOut;
  private boolean isOver;

  IndexOrder(String source) {
    this.source = source;
  }

  void add(JepsenOp op) {
    if (first == null) {
      first = op;
    } else if ((op.index == JepsenOp.NO_INDEX) != (first.index == JepsenOp.NO_INDEX)) {
      throw new MalformedHistoryException(
          source,
          op.line,
          op.column,
          "either every operation has an :index or none; line %d differs".formatted(first.line));
    }
    if (op.index == JepsenOp.NO_INDEX) {
      ready.add(op);
    } else if (waiting.isEmpty() && op.index == nextIndex()) {
      lastOut = op;
      ready.add(op);
    } else {
      waiting.add(op);
    }
  }

  /// No more operations will be added.
  void end() {
    isOver = true;
  }

  /// The next operation whose turn is certain; null if more must be added first.
  @Nullable JepsenOp poll() {
    JepsenOp next = ready.poll();
    if (next != null) {
      return next;
    }
    JepsenOp least = waiting.peek();
    if (least == null
        || !(isOver || least.index <= nextIndex() || waiting.size() > Limits.EVENTS_OUT_OF_ORDER)) {
      return null;
    }
    if (lastOut != null && least.index <= lastOut.index) {
      throw misplaced(least, lastOut);
    }
    lastOut = waiting.poll();
    return least;
  }

  private MalformedHistoryException misplaced(JepsenOp op, JepsenOp last) {
    return new MalformedHistoryException(
        source,
        op.line,
        op.column,
        op.index == last.index
            ? "the :index %d occurs twice, first in line %d".formatted(op.index, last.line)
            : "the :index %d comes too late, after line %d with :index %d"
                .formatted(op.index, last.line, last.index));
  }

  /// The index without a gap: histories start at 0.
  private long nextIndex() {
    return lastOut == null ? 0 : lastOut.index + 1;
  }
}
