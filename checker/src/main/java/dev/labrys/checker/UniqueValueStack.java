package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decides a stack whose elements are distinct, by taking out bottoms.
///
/// An element is *certainly inside* between the return of its push and the call of its pop. Where
/// these stretches overlap they form runs in which the stack is never empty, so one element lies at
/// the bottom during the whole run: one whose push was called before the run begins and whose pop
/// returned after it ends. Any such element will do. (Of a given linearization keep the order, but
/// move what lies outside the run to its ends; then put the chosen element below everything. Nobody
/// above notices.) Without it the run falls into smaller runs, each of which is a stack of its own.
/// A run without such an element is a contradiction.
///
/// Elements that are never certainly inside are pushed and popped in one moment. An empty answer
/// needs a moment outside all runs. Optional pops, which may take any element, are left to the
/// search.
final class UniqueValueStack implements Procedure {
  private final Shape.Sequence shape;

  UniqueValueStack(Shape.Sequence shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "unique-value stack bottoms";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    Object read = Elements.of(partition, shape);
    if (!(read instanceof Elements elements)) {
      return (Answer) read;
    }
    if (elements.unseenRemovals.length > 0) {
      return null;
    }
    return new Run(elements).decide();
  }

  private static final class Run {
    private final Elements elements;
    private final Partition partition;
    private final Placement placement;

    /// The elements certainly inside for some time, by return of their push, and all ends of these
    /// times.
    private int[] solid = {};

    private int[] places = {};
    private int[] pops = {};
    private int popCount;

    Run(Elements elements) {
      this.elements = elements;
      partition = elements.partition;
      placement = new Placement(partition.size());
    }

    Answer decide() {
      Answer problem = placeEmpties();
      if (problem != null) {
        return problem;
      }
      separate();
      problem = takeBottoms();
      if (problem != null) {
        return problem;
      }
      // Of pops at the same time the innermost comes first.
      while (popCount > 0) {
        int element = pops[--popCount];
        int end = pops[--popCount];
        if (elements.remover[element] != Elements.NONE) {
          placement.place(Placement.at(end), elements.remover[element]);
        }
      }
      return new Answer.Linearizable(placement.order());
    }

    private @Nullable Answer placeEmpties() {
      Occupancy occupancy = new Occupancy(elements);
      for (int operation : elements.empties) {
        long free = occupancy.firstFreeAfter(Placement.at(partition.callAt(operation)));
        if (free > Placement.at(partition.returnAt(operation))) {
          return new Answer.Contradiction(
              "%s saw nothing inside, but at each moment some element was"
                  .formatted(partition.call(operation)),
              new int[] {operation});
        }
        placement.place(free, operation);
      }
      return null;
    }

    private void separate() {
      long[] byReturn = new long[elements.size()];
      int count = 0;
      for (int element = 0; element < elements.size(); element++) {
        if (!elements.isPresent(element)) {
          continue;
        }
        int inside = elements.insertReturn(element);
        int until = elements.removeCall(element);
        if (inside < until) {
          byReturn[count++] = ((long) inside << 32) | element;
        } else {
          placement.place(Placement.at(until), elements.inserter[element]);
          placement.place(Placement.at(until), elements.remover[element]);
        }
      }
      Arrays.sort(byReturn, 0, count);
      solid = new int[count];
      places = new int[2 * count];
      for (int i = 0; i < count; i++) {
        solid[i] = (int) byReturn[i];
        places[2 * i] = elements.insertReturn(solid[i]);
        places[2 * i + 1] = elements.removeCall(solid[i]);
      }
      places = Arrays.stream(places).sorted().distinct().toArray();
    }

    private int place(int position) {
      return Arrays.binarySearch(places, position);
    }

    private @Nullable Answer takeBottoms() {
      CoverTree cover = new CoverTree(places.length);
      for (int element : solid) {
        cover.add(place(elements.insertReturn(element)), place(elements.removeCall(element)), 1);
      }
      Bottoms bottoms = new Bottoms(elements, solid);
      pops = new int[2 * solid.length];
      // Runs still to do, the leftmost on top: so their beginnings never go back.
      int[] todo = new int[2 * solid.length + 2];
      int todoCount = pushRuns(cover, 0, places.length, todo, 0);
      while (todoCount > 0) {
        int to = todo[--todoCount];
        int from = todo[--todoCount];
        int begin = places[from];
        int end = places[to];
        int bottom = bottoms.take(begin, end);
        if (bottom == Elements.NONE) {
          return noBottom(begin, end);
        }
        placement.place(Placement.at(begin), elements.inserter[bottom]);
        pops[popCount++] = end;
        pops[popCount++] = bottom;
        cover.add(place(elements.insertReturn(bottom)), place(elements.removeCall(bottom)), -1);
        todoCount = pushRuns(cover, from, to, todo, todoCount);
      }
      return null;
    }

    /// Pushes the runs between two places, so that the leftmost ends on top.
    private static int pushRuns(CoverTree cover, int from, int to, int[] todo, int count) {
      int size = count;
      for (int start = cover.firstCovered(from); start < to; ) {
        int end = cover.firstFree(start);
        todo[size++] = start;
        todo[size++] = end;
        start = cover.firstCovered(end);
      }
      for (int low = count, high = size - 2; low < high; low += 2, high -= 2) {
        swap(todo, low, high);
        swap(todo, low + 1, high + 1);
      }
      return size;
    }

    private static void swap(int[] array, int one, int other) {
      int kept = array[one];
      array[one] = array[other];
      array[other] = kept;
    }

    private Answer noBottom(int begin, int end) {
      int[] involved = new int[2 * solid.length];
      int count = 0;
      for (int element : solid) {
        if (elements.insertReturn(element) >= begin && elements.removeCall(element) <= end) {
          involved[count++] = elements.inserter[element];
          if (elements.remover[element] != Elements.NONE) {
            involved[count++] = elements.remover[element];
          }
        }
      }
      String until = end == Operation.NEVER ? "the end" : "position " + end;
      return new Answer.Contradiction(
          "from position %d to %s the stack is never empty, but no element can be at its bottom"
              .formatted(begin, until),
          Arrays.copyOf(involved, count));
    }
  }

  /// Finds an element that may lie at the bottom of a run: a tree of maxima over the elements in
  /// order of the return of their push, in which those whose push was called too late for the runs
  /// at hand are not yet entered.
  private static final class Bottoms {
    private final Elements elements;
    private final int[] solid;
    private final int[] byCall;
    private final int[] lastPop;
    private final int leaves;
    private int entered;

    Bottoms(Elements elements, int[] solid) {
      this.elements = elements;
      this.solid = solid;
      leaves = Integer.highestOneBit(Math.max(1, solid.length)) * 2;
      lastPop = new int[2 * leaves];
      Arrays.fill(lastPop, -1);
      long[] keys = new long[solid.length];
      for (int i = 0; i < solid.length; i++) {
        keys[i] = ((long) elements.insertCall(solid[i]) << 32) | i;
      }
      Arrays.sort(keys);
      byCall = new int[keys.length];
      for (int i = 0; i < keys.length; i++) {
        byCall[i] = (int) keys[i];
      }
    }

    int take(int begin, int end) {
      while (entered < byCall.length && elements.insertCall(solid[byCall[entered]]) <= begin) {
        set(byCall[entered], elements.removeReturn(solid[byCall[entered]]));
        entered++;
      }
      int from = firstReturning(begin);
      int to = end == Operation.NEVER ? solid.length : firstReturning(end);
      int best = latest(1, 0, leaves, from, to, end);
      if (best < 0) {
        return Elements.NONE;
      }
      set(best, -1);
      return solid[best];
    }

    private int firstReturning(int position) {
      int low = 0;
      int high = solid.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (elements.insertReturn(solid[middle]) < position) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private void set(int leaf, int value) {
      int node = leaves + leaf;
      lastPop[node] = value;
      for (node >>= 1; node > 0; node >>= 1) {
        lastPop[node] = Math.max(lastPop[2 * node], lastPop[2 * node + 1]);
      }
    }

    /// Some leaf of the range whose pop returned at `end` or later, or -1.
    private int latest(int node, int start, int stop, int from, int to, int end) {
      if (to <= start || stop <= from || lastPop[node] < end) {
        return -1;
      }
      if (stop - start == 1) {
        return start;
      }
      int middle = (start + stop) >>> 1;
      int left = latest(2 * node, start, middle, from, to, end);
      return left >= 0 ? left : latest(2 * node + 1, middle, stop, from, to, end);
    }
  }
}
