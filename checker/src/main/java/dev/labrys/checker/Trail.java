package dev.labrys.checker;

/// In which order a [BlockSearch] found places for operations, and which places.
final class Trail {
  /// Where an operation was put: at the head of a new block, in the present block, or right before
  /// the present block.
  enum Place {
    NEW_BLOCK,
    PRESENT_BLOCK,
    BACK
  }

  private final int[] operation;
  private final Place[] place;
  private int size;

  Trail(int most) {
    operation = new int[most];
    place = new Place[most];
  }

  void push(int newOperation, Place newPlace) {
    operation[size] = newOperation;
    place[size] = newPlace;
    size++;
  }

  int pop() {
    return operation[--size];
  }

  int size() {
    return size;
  }

  /// The linearization.
  int[] order() {
    int[] order = new int[size];
    int ordered = 0;
    int[] present = new int[size];
    int presentSize = 0;
    for (int i = 0; i < size; i++) {
      switch (place[i]) {
        case BACK -> order[ordered++] = operation[i];
        case PRESENT_BLOCK -> present[presentSize++] = operation[i];
        case NEW_BLOCK -> {
          System.arraycopy(present, 0, order, ordered, presentSize);
          ordered += presentSize;
          present[0] = operation[i];
          presentSize = 1;
        }
      }
    }
    System.arraycopy(present, 0, order, ordered, presentSize);
    return order;
  }
}
