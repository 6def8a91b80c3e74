package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The life of each element of a queue or stack whose elements are distinct: who put it in, who
/// took it out.
///
/// An optional insertion of an element that nobody took may be left out: it is never seen. One
/// whose element was taken has happened.
final class Elements {
  static final int NONE = -1;

  final Partition partition;
  private final ValueNumbers values;

  /// Per element: the operations that put it in and took it out, or [#NONE].
  int[] inserter = {};

  int[] remover = {};

  /// Operations that saw nothing inside, and optional ones that may have taken any element.
  int[] empties = {};

  int[] unseenRemovals = {};

  private Elements(Partition partition) {
    this.partition = partition;
    values = new ValueNumbers(partition.size());
  }

  /// Either [Elements], or an [Answer.Contradiction], or null where elements are not distinct or an
  /// operation does something else.
  static @Nullable Object of(Partition partition, Shape.Sequence shape) {
    Elements elements = new Elements(partition);
    return elements.read(shape) ? elements.contradictionOrThis() : null;
  }

  private boolean read(Shape.Sequence shape) {
    int[] insertions = new int[partition.size()];
    int[] removals = new int[partition.size()];
    int[] empty = new int[partition.size()];
    int[] unseen = new int[partition.size()];
    int emptyCount = 0;
    int unseenCount = 0;
    Arrays.fill(insertions, NONE);
    Arrays.fill(removals, NONE);
    for (int i = 0; i < partition.size(); i++) {
      switch (shape.interpret().apply(partition.call(i))) {
        case Shape.Sequence.Insert insert -> insertions[i] = values.number(insert.value());
        case Shape.Sequence.Remove remove -> removals[i] = values.number(remove.value());
        case Shape.Sequence.Empty nothing -> empty[emptyCount++] = i;
        case Shape.Sequence.RemoveUnseen any -> {
          if (partition.isRequired(i)) {
            return false;
          }
          unseen[unseenCount++] = i;
        }
        case Shape.Sequence.Other other -> {
          return false;
        }
      }
    }
    empties = Arrays.copyOf(empty, emptyCount);
    unseenRemovals = Arrays.copyOf(unseen, unseenCount);
    return assign(insertions, removals);
  }

  private boolean assign(int[] insertions, int[] removals) {
    inserter = filled(values.size());
    remover = filled(values.size());
    for (int i = 0; i < removals.length; i++) {
      if (removals[i] != NONE) {
        if (remover[removals[i]] != NONE) {
          secondRemover = i;
        } else {
          remover[removals[i]] = i;
        }
      }
    }
    for (int i = 0; i < insertions.length; i++) {
      int element = insertions[i];
      if (element == NONE || (!partition.isRequired(i) && remover[element] == NONE)) {
        continue;
      }
      if (inserter[element] != NONE) {
        return false;
      }
      inserter[element] = i;
    }
    removed = removals;
    return true;
  }

  private int secondRemover = NONE;
  private int[] removed = {};

  private Object contradictionOrThis() {
    if (secondRemover != NONE) {
      int element = removed[secondRemover];
      return new Answer.Contradiction(
          "element %s was put in once and taken out twice".formatted(value(element)),
          new int[] {remover[element], secondRemover});
    }
    for (int element = 0; element < inserter.length; element++) {
      int out = remover[element];
      if (out != NONE && inserter[element] == NONE) {
        return new Answer.Contradiction(
            "element %s was taken out but never put in".formatted(value(element)), new int[] {out});
      }
      if (out != NONE && partition.returnAt(out) < partition.callAt(inserter[element])) {
        return new Answer.Contradiction(
            "element %s was taken out before it was put in".formatted(value(element)),
            new int[] {out, inserter[element]});
      }
    }
    return this;
  }

  private static int[] filled(int size) {
    int[] array = new int[size];
    Arrays.fill(array, NONE);
    return array;
  }

  int size() {
    return inserter.length;
  }

  /// Whether the element was certainly put in.
  boolean isPresent(int element) {
    return inserter[element] != NONE;
  }

  Value value(int element) {
    return values.value(element);
  }

  /// The first moment at which the element may have been put in.
  int insertCall(int element) {
    return partition.callAt(inserter[element]);
  }

  /// The last moment at which the element may have been put in.
  int insertReturn(int element) {
    return Math.min(partition.returnAt(inserter[element]), removeReturn(element));
  }

  /// The first moment at which the element may have been taken out.
  int removeCall(int element) {
    return remover[element] == NONE
        ? Operation.NEVER
        : Math.max(partition.callAt(remover[element]), insertCall(element));
  }

  /// The last moment at which the element may have been taken out.
  int removeReturn(int element) {
    return remover[element] == NONE ? Operation.NEVER : partition.returnAt(remover[element]);
  }
}
