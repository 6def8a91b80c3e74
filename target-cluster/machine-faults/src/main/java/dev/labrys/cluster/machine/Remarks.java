package dev.labrys.cluster.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What has happened that people should know. Whoever takes it waits for nobody who is at work.
final class Remarks {
  private final Queue<String> untaken = new ConcurrentLinkedQueue<>();

  void add(String remark) {
    untaken.add(remark);
  }

  /// All since this was last asked.
  List<String> take() {
    List<String> taken = new ArrayList<>();
    for (String next = untaken.poll(); next != null; next = untaken.poll()) {
      taken.add(next);
    }
    return taken;
  }
}
