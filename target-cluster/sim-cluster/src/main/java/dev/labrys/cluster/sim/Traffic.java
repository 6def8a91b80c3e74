package dev.labrys.cluster.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/// How much was sent, by kind of message.
final class Traffic {
  private final Map<MessageKind, Count> counts = new EnumMap<>(MessageKind.class);

  /// Of one kind.
  static final class Count {
    long messages;
    long bytes;
    long lost;
  }

  Traffic() {
    for (MessageKind kind : MessageKind.values()) {
      counts.put(kind, new Count());
    }
  }

  Count of(MessageKind kind) {
    return Objects.requireNonNull(counts.get(kind));
  }

  /// Of all kinds that go between servers.
  long sum(ToLongFunction<Count> number) {
    long sum = 0;
    for (Map.Entry<MessageKind, Count> entry : counts.entrySet()) {
      sum += entry.getKey().isBetweenServers() ? number.applyAsLong(entry.getValue()) : 0;
    }
    return sum;
  }
}
