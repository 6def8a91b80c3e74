package dev.labrys.raft.node;

import java.util.ArrayList;
import java.util.List;

/// Where threads leave things for another one, which takes all of them at once.
final class Handover<T> {
  private List<T> waiting = new ArrayList<>();
  private volatile int size;

  synchronized void put(T thing) {
    waiting.add(thing);
    size = waiting.size();
  }

  /// Takes all there is, and gives `empty` in exchange.
  synchronized List<T> takeAll(List<T> empty) {
    if (waiting.isEmpty()) {
      return empty;
    }
    List<T> all = waiting;
    waiting = empty;
    size = 0;
    return all;
  }

  boolean isEmpty() {
    return size == 0;
  }
}
