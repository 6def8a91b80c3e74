package dev.labrys.cluster.sim;

import dev.labrys.raft.RequestId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who waits for an answer of one server.
///
/// Requests are numbered one after the other and answered in about that order, so those who wait
/// are kept in a ring, by the number of their request.
final class WaitingRequests {
  private @Nullable Consumer<Reply>[] ring = newRing(64);

  /// All requests before this one have their answer.
  private long first = 1;

  private long next = 1;

  // An array of a generic type can't be made otherwise.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable Consumer<Reply>[] newRing(int length) {
    return new Consumer[length];
  }

  /// `asker` waits from now on.
  RequestId add(Consumer<Reply> asker) {
    if (next - first == ring.length) {
      grow();
    }
    ring[slot(next)] = asker;
    return new RequestId(next++);
  }

  /// Who waits for the answer to `request`, and no longer does. Nobody the second time.
  Consumer<Reply> remove(RequestId request) {
    long number = request.number();
    if (number < first || number >= next) {
      return _ -> {};
    }
    Consumer<Reply> asker = ring[slot(number)];
    ring[slot(number)] = null;
    while (first < next && ring[slot(first)] == null) {
      first++;
    }
    return asker == null ? _ -> {} : asker;
  }

  /// All who wait, in the order in which they came; none does any more.
  List<Consumer<Reply>> removeAll() {
    List<Consumer<Reply>> askers = new ArrayList<>();
    for (; first < next; first++) {
      Consumer<Reply> asker = ring[slot(first)];
      if (asker != null) {
        askers.add(asker);
      }
    }
    Arrays.fill(ring, null);
    return askers;
  }

  private int slot(long number) {
    return (int) (number & (ring.length - 1));
  }

  private void grow() {
    @Nullable Consumer<Reply>[] old = ring;
    ring = newRing(old.length * 2);
    for (long number = first; number < next; number++) {
      ring[slot(number)] = old[(int) (number & (old.length - 1))];
    }
  }
}
