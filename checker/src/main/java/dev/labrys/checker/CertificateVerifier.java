package dev.labrys.checker;

import dev.labrys.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Verifies a linearization: the second, trivial opinion on every history found valid. Linear in
/// its length, and ignorant of how it was found.
final class CertificateVerifier {
  private CertificateVerifier() {}

  /// Throws if `order` is not a linearization of `partition`.
  static <S> void verify(Model<S> model, Partition partition, int[] order) {
    boolean[] seen = new boolean[partition.size()];
    Set<S> states = Set.of(model.initial());
    int latestCall = -1;
    for (int index : order) {
      if (seen[index]) {
        throw wrong(partition, index, "takes effect twice");
      }
      seen[index] = true;
      // Whoever comes later in the order must not have returned before one that comes earlier was
      // called.
      if (partition.returnAt(index) < latestCall) {
        throw wrong(partition, index, "returned before an operation ordered earlier was called");
      }
      latestCall = Math.max(latestCall, partition.callAt(index));
      states = after(model, states, partition.call(index));
      if (states.isEmpty()) {
        throw wrong(partition, index, "can't answer so in any state that is possible there");
      }
    }
    for (int index = 0; index < partition.size(); index++) {
      if (partition.isRequired(index) && !seen[index]) {
        throw wrong(partition, index, "returned but never takes effect");
      }
    }
  }

  private static <S> Set<S> after(Model<S> model, Set<S> states, Call call) {
    if (states.size() == 1) {
      List<S> next = model.step(states.iterator().next(), call);
      return next.size() == 1 ? Set.of(next.get(0)) : new HashSet<>(next);
    }
    Set<S> next = new HashSet<>();
    for (S state : states) {
      next.addAll(model.step(state, call));
    }
    return next;
  }

  private static IllegalStateException wrong(Partition partition, int index, String how) {
    Operation operation = partition.operation(index);
    return new IllegalStateException(
        "the linearization is wrong: %s by process %d (operation %d) %s"
            .formatted(partition.call(index), operation.process(), operation.index(), how));
  }
}
