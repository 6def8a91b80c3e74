package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.Arrays;
import java.util.List;

/// The calls and returns of operations, in the order of the journal.
final class Moments {
  private Moments() {}

  /// Somebody who is told of them.
  interface Visitor {
    void called(Operation operation);

    void returned(Operation operation);
  }

  /// Tells `visitor` of all calls, and of the returns that there are.
  static void visit(List<Operation> operations, Visitor visitor) {
    long[] places = new long[operations.size() * 2];
    int size = 0;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      places[size++] = (long) operation.callPosition() << 32 | (long) i << 1;
      if (operation.returnPosition() != Operation.NEVER) {
        places[size++] = (long) operation.returnPosition() << 32 | (long) i << 1 | 1;
      }
    }
    Arrays.sort(places, 0, size);
    for (int i = 0; i < size; i++) {
      Operation operation = operations.get((int) (places[i] >>> 1) & Integer.MAX_VALUE);
      if ((places[i] & 1) == 0) {
        visitor.called(operation);
      } else {
        visitor.returned(operation);
      }
    }
  }
}
