package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decides a first-in first-out queue whose elements are distinct (after Henzinger, Sezgin and
/// Vafeiadis, "Aspect-Oriented Linearizability Proofs", 2013).
///
/// A linearization is one order of the elements, in which they both go in and come out. Element a
/// must precede b if a was certainly put in before b, or certainly taken out before b. The two
/// relations are interval orders, and a cycle in their union contains a cycle of two; so Kahn's
/// algorithm on four bounds decides, and finds the order.
///
/// - *Elements left inside* are taken out after all others. One that was put in before an element
///   that was taken out can't be left inside: an optional removal must have taken it. Those that
///   must be taken have deadlines, the optional removals have only their calls, so giving the
///   earliest call to the earliest deadline is best.
/// - *Empty answers* need a moment at which nothing need be inside ([Occupancy]). Such moments cut
///   the history in pieces, and each element lives in one of them. With optional removals, too, it
///   is no longer clear what need be inside: that is left to the search.
final class UniqueValueQueue implements Procedure {
  private final Shape.Sequence shape;

  UniqueValueQueue(Shape.Sequence shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "unique-value queue order";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    Object read = Elements.of(partition, shape);
    if (!(read instanceof Elements elements)) {
      return (Answer) read;
    }
    if (elements.empties.length > 0 && elements.unseenRemovals.length > 0) {
      return null;
    }
    return new Run(elements).decide();
  }

  private static final class Run {
    private final Elements elements;
    private final Partition partition;

    /// Per element: when it may go in and out, first and last.
    private final int[] inCall;

    private final int[] inReturn;
    private final int[] outCall;
    private final int[] outReturn;

    Run(Elements elements) {
      this.elements = elements;
      partition = elements.partition;
      inCall = new int[elements.size()];
      inReturn = new int[elements.size()];
      outCall = new int[elements.size()];
      outReturn = new int[elements.size()];
    }

    Answer decide() {
      Answer.Contradiction problem = assignUnseenRemovals();
      if (problem != null) {
        return problem;
      }
      for (int element = 0; element < elements.size(); element++) {
        if (elements.isPresent(element)) {
          inCall[element] = elements.insertCall(element);
          inReturn[element] = elements.insertReturn(element);
          outCall[element] = elements.removeCall(element);
          // Whoever is never taken out comes after whoever is taken out at an unknown time.
          boolean isTaken = elements.remover[element] != Elements.NONE;
          outReturn[element] =
              Math.min(elements.removeReturn(element), Operation.NEVER - (isTaken ? 1 : 0));
        }
      }
      return arrange();
    }

    private Answer.@Nullable Contradiction assignUnseenRemovals() {
      long[] taken = new long[elements.size()];
      int takenCount = 0;
      for (int b = 0; b < elements.size(); b++) {
        if (elements.remover[b] != Elements.NONE) {
          taken[takenCount++] = ((long) elements.insertCall(b) << 32) | b;
        }
      }
      Arrays.sort(taken, 0, takenCount);
      int[] firstOut = new int[takenCount + 1];
      firstOut[takenCount] = Elements.NONE;
      for (int i = takenCount - 1; i >= 0; i--) {
        firstOut[i] = earlierOut((int) taken[i], firstOut[i + 1]);
      }
      long[] due = new long[elements.size()];
      int[] witness = new int[elements.size()];
      int dueCount = 0;
      for (int a = 0; a < elements.size(); a++) {
        if (elements.isPresent(a) && elements.remover[a] == Elements.NONE) {
          int at =
              Arrays.binarySearch(
                  taken, 0, takenCount, (long) (elements.insertReturn(a) + 1) << 32);
          int later = firstOut[at >= 0 ? at : -at - 1];
          if (later != Elements.NONE) {
            witness[a] = later;
            due[dueCount++] = ((long) elements.removeReturn(later) << 32) | a;
          }
        }
      }
      Arrays.sort(due, 0, dueCount);
      for (int i = 0; i < dueCount; i++) {
        int a = (int) due[i];
        int deadline = (int) (due[i] >>> 32);
        if (i == elements.unseenRemovals.length
            || partition.callAt(elements.unseenRemovals[i]) > deadline) {
          return overtaken(a, witness[a]);
        }
        elements.remover[a] = elements.unseenRemovals[i];
      }
      return null;
    }

    private int earlierOut(int one, int other) {
      return other == Elements.NONE || elements.removeReturn(one) < elements.removeReturn(other)
          ? one
          : other;
    }

    /// Orders the elements, piece by piece between moments of emptiness.
    private Answer arrange() {
      Placement placement = new Placement(partition.size());
      long[] free = new long[elements.empties.length];
      Occupancy occupancy = new Occupancy(elements);
      for (int i = 0; i < free.length; i++) {
        int operation = elements.empties[i];
        free[i] = occupancy.firstFreeAfter(Placement.at(partition.callAt(operation)));
        if (free[i] > Placement.at(partition.returnAt(operation))) {
          return neverEmpty(operation);
        }
        placement.place(free[i], operation);
      }
      Arrays.sort(free);
      long[] pieces = new long[elements.size()];
      int count = 0;
      for (int element = 0; element < elements.size(); element++) {
        if (elements.isPresent(element)) {
          int at = Arrays.binarySearch(free, Placement.at(outCall[element]));
          pieces[count++] = ((long) (at >= 0 ? at : -at - 1) << 32) | element;
        }
      }
      Arrays.sort(pieces, 0, count);
      int start = 0;
      while (start < count) {
        int piece = (int) (pieces[start] >>> 32);
        int end = start;
        while (end < count && (int) (pieces[end] >>> 32) == piece) {
          end++;
        }
        long notBefore = piece == 0 ? 0 : free[piece - 1];
        Answer.Contradiction problem = arrange(pieces, start, end, notBefore, placement);
        if (problem != null) {
          return problem;
        }
        start = end;
      }
      return new Answer.Linearizable(placement.order());
    }

    private Answer.@Nullable Contradiction arrange(
        long[] pieces, int start, int end, long notBefore, Placement placement) {
      int[] members = new int[end - start];
      for (int i = start; i < end; i++) {
        members[i - start] = (int) pieces[i];
      }
      int[] order = new int[members.length];
      ElementOrder sorter = new ElementOrder(members, inCall, inReturn, outCall, outReturn);
      if (!sorter.sort(order)) {
        return overtaken(sorter.firstIn(), sorter.firstOut());
      }
      long in = notBefore;
      for (int element : order) {
        in = Math.max(in, Placement.at(inCall[element]));
        placement.place(in, elements.inserter[element]);
      }
      in = notBefore;
      long out = notBefore;
      for (int element : order) {
        in = Math.max(in, Placement.at(inCall[element]));
        out = Math.max(Math.max(in, out), Placement.at(outCall[element]));
        if (elements.remover[element] != Elements.NONE) {
          placement.place(out, elements.remover[element]);
        }
      }
      return null;
    }

    private Answer.Contradiction overtaken(int first, int second) {
      int out = elements.remover[first];
      String when = out == Elements.NONE ? "while %s was still inside" : "before %s was";
      String reason =
          "element %s was put in before %s, but %s was taken out "
              .formatted(elements.value(first), elements.value(second), elements.value(second));
      int[] members = {
        elements.inserter[first], elements.inserter[second], elements.remover[second], out
      };
      return new Answer.Contradiction(
          reason + when.formatted(elements.value(first)),
          Arrays.stream(members).filter(i -> i != Elements.NONE).toArray());
    }

    private Answer neverEmpty(int operation) {
      return new Answer.Contradiction(
          "%s saw nothing inside, but at each moment some element was"
              .formatted(partition.call(operation)),
          new int[] {operation});
    }
  }
}
