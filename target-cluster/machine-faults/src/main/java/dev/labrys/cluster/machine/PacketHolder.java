package dev.labrys.cluster.machine;

import dev.labrys.cluster.Passage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Takes packets from a [PacketGate] and lets each pass when it is late enough, those of one sender
/// to one receiver in their order.
final class PacketHolder implements AutoCloseable {
  /// How soon it notices that it is to end.
  private static final int LOOK_MILLIS = 20;

  /// The part of one turn by which the jitter of a packet is ahead of that of the one before:
  /// multiples of the golden ratio are spread evenly, however many there are.
  private static final double TURN = (Math.sqrt(5) - 1) / 2;

  private final PacketGate gate;
  private final Thread thread = new Thread(this::run, "packet-holder");
  private final PriorityQueue<Held> held = new PriorityQueue<>();
  private final Map<Pair, Long> lastDue = new HashMap<>();
  private final AtomicLong delayed = new AtomicLong();
  private final long begin = System.nanoTime();
  private volatile Map<Pair, Passage.Late> delays = Map.of();
  private volatile boolean isEnding;
  private volatile Optional<Exception> failure = Optional.empty();
  private long count;

  /// @param due when it may pass
  /// @param number of the packet: of two that are due at once the earlier passes first
  private record Held(long due, long number, PacketGate.Waiting packet)
      implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
    }
  }

  private PacketHolder(PacketGate gate) {
    this.gate = gate;
    thread.setDaemon(true);
  }

  /// One that delays nothing yet.
  static PacketHolder start(PacketGate gate) {
    PacketHolder made = new PacketHolder(gate);
    made.thread.start();
    return made;
  }

  /// Makes what these send from now on late, and nothing else. What is held already stays so long
  /// as was meant.
  void delay(Map<Pair, Passage.Late> wanted) {
    delays = Map.copyOf(wanted);
  }

  /// What rules name its gate by.
  int number() {
    return gate.number();
  }

  /// How many packets it has delayed.
  long delayed() {
    return delayed.get();
  }

  /// Why it takes no packets any more; empty if it does.
  Optional<Exception> failure() {
    return failure;
  }

  private void run() {
    try (gate) {
      serve();
    } catch (IOException unclosed) {
      failure = Optional.of(unclosed);
    }
  }

  /// That it failed is known before the gate is closed, as packets pass from then on.
  private void serve() {
    try {
      while (!isEnding) {
        gate.await(millisToWait());
        takeAll();
        letPass(now());
      }
      takeAll();
      letPass(Long.MAX_VALUE);
    } catch (IOException | RuntimeException failed) {
      failure = Optional.of(failed);
    }
  }

  private int millisToWait() {
    if (held.isEmpty()) {
      return LOOK_MILLIS;
    }
    long nanos = held.element().due() - now();
    return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, 0, LOOK_MILLIS);
  }

  private void takeAll() throws IOException {
    Optional<PacketGate.Waiting> next = gate.take();
    while (next.isPresent()) {
      hold(next.get());
      next = gate.take();
    }
  }

  private void hold(PacketGate.Waiting packet) {
    long due = packet.pair().map(this::due).orElse(now());
    held.add(new Held(due, count, packet));
    count++;
  }

  private long due(Pair pair) {
    Passage.Late late = delays.get(pair);
    long wanted = now();
    if (late != null) {
      wanted += late.delayNanos() + jitter(late);
      delayed.incrementAndGet();
    }
    return lastDue.merge(pair, wanted, Math::max);
  }

  private long jitter(Passage.Late late) {
    double turns = count * TURN;
    return (long) (late.jitterNanos() * (2 * (turns - Math.floor(turns)) - 1));
  }

  private long now() {
    return System.nanoTime() - begin;
  }

  private void letPass(long until) throws IOException {
    while (!held.isEmpty() && held.element().due() <= until) {
      gate.accept(held.remove().packet());
    }
  }

  /// Lets pass what is held, and takes no more.
  @Override
  public void close() {
    isEnding = true;
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException asked) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
