package dev.labrys.toxiproxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One direction of a connection: bytes are read from one socket, go through the toxics of that
/// direction one after the other, and are written to the other socket.
///
/// ```
/// read -> pipe, stage -> pipe, stage -> pipe -> write
/// ```
///
/// A full pipe stops the stage before it, and in the end the reading: then TCP holds up the sender.
final class Link {
  /// The most that is read at once, and so the largest chunk, when there are toxics.
  private static final int LARGEST_CHUNK = 1 << 15;

  private final Loop loop;
  private final Connection connection;
  private final Endpoint from;
  private final Endpoint to;
  private final RandomGenerator random;
  private final List<Slot> slots = new ArrayList<>();

  /// What waits for the receiver.
  private final Pipe last = new Pipe();

  private final Loop.Alarm alarm;

  /// How much is read at once where nothing is in between: more as long as the receiver keeps up,
  /// since what it does not take has to be kept.
  private int appetite = LARGEST_CHUNK;

  private boolean isStarted;
  private boolean hasSourceEnded;
  private boolean isFinished;
  private long received;
  private long sent;

  Link(Connection connection, Endpoint from, Endpoint to, Loop loop, RandomGenerator random) {
    this.connection = connection;
    this.from = from;
    this.to = to;
    this.loop = loop;
    this.random = random;
    this.alarm = loop.alarm(this::pump);
  }

  /// Begins to pass bytes.
  void start() {
    isStarted = true;
    pump();
  }

  /// Something may be read.
  void onReadable() {
    if (!mayRead()) {
      return;
    }
    ByteBuffer scratch = loop.scratch();
    boolean isDirect = isDirect();
    scratch.limit(isDirect ? appetite : LARGEST_CHUNK);
    int count = read(scratch);
    if (count < 0) {
      endSource();
    } else if (isDirect) {
      writeThrough(scratch.flip());
    } else {
      first().put(Chunk.copyOf(scratch.flip(), loop.now()));
      pump();
    }
  }

  /// An error ends a stream like its end: what came before is delivered.
  private int read(ByteBuffer scratch) {
    try {
      int count = from.read(scratch);
      received += Math.max(0, count);
      return count;
    } catch (IOException _) {
      return -1;
    }
  }

  /// Whether there is nothing between the sockets.
  private boolean isDirect() {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).acts() || !slots.get(i).in().isEmpty()) {
        return false;
      }
    }
    return last.isEmpty();
  }

  private void writeThrough(ByteBuffer bytes) {
    boolean wasFull = bytes.limit() == appetite;
    try {
      sent += to.write(bytes);
    } catch (IOException _) {
      breakOff();
      return;
    }
    if (bytes.hasRemaining()) {
      appetite = LARGEST_CHUNK;
      last.put(Chunk.copyOf(bytes, 0));
      arrange(Stage.NEVER);
    } else if (wasFull) {
      appetite = Math.min(2 * appetite, Loop.SCRATCH);
    }
  }

  /// The sender has nothing more to say.
  void endSource() {
    if (!hasSourceEnded) {
      hasSourceEnded = true;
      first().end(loop.now());
      if (isStarted) {
        pump();
      }
    }
  }

  private Pipe first() {
    return slots.isEmpty() ? last : slots.getFirst().in();
  }

  private Outlet after(int index) {
    return index + 1 < slots.size()
        ? new Outlet(slots.get(index + 1).in(), slots.get(index + 1).capacity())
        : new Outlet(last, Stage.ONE_CHUNK);
  }

  private boolean mayRead() {
    long capacity = slots.isEmpty() ? Stage.ONE_CHUNK : slots.getFirst().capacity();
    return isStarted && !isFinished && !hasSourceEnded && !first().isFull(capacity);
  }

  /// Moves all that may move.
  void pump() {
    long wake = Stage.NEVER;
    long before = -1;
    while (!isFinished && isStarted && before != changes()) {
      before = changes();
      wake = Stage.NEVER;
      long now = loop.now();
      for (int i = 0; i < slots.size(); i++) {
        Outlet out = after(i);
        wake = Math.min(wake, slots.get(i).flow(out, now));
        if (out.pipe().isReset()) {
          connection.reset();
          return;
        }
      }
      drain();
    }
    arrange(wake);
  }

  private long changes() {
    long changes = last.changes();
    for (int i = 0; i < slots.size(); i++) {
      changes += slots.get(i).in().changes();
    }
    return changes;
  }

  private void drain() {
    try {
      for (Chunk next = last.first(); next != null; next = last.first()) {
        int count = to.write(next.bytes());
        if (count == 0) {
          return;
        }
        sent += count;
        last.wrote(count);
      }
    } catch (IOException _) {
      breakOff();
      return;
    }
    if (last.isAtEnd()) {
      finish();
    }
  }

  /// The receiver is gone: nothing that is here has anywhere to go.
  private void breakOff() {
    sent = -1;
    finish();
  }

  /// Closes the receiving socket completely, as a half-closed one is not known here.
  private void finish() {
    isFinished = true;
    discard();
    to.close();
    connection.onFinished(this);
  }

  private void discard() {
    alarm.cancel();
    last.discard();
    slots.forEach(slot -> slot.in().discard());
  }

  /// Says what has to happen next.
  private void arrange(long wake) {
    if (isFinished || !isStarted) {
      return;
    }
    if (mayRead()) {
      from.wantToRead();
    } else {
      from.rest();
    }
    if (last.isEmpty()) {
      to.hasWritten();
    } else {
      to.wantToWrite();
    }
    alarm.set(wake);
  }

  /// The connection is no more.
  void abandon() {
    isFinished = true;
    discard();
  }

  boolean isFinished() {
    return isFinished;
  }

  /// How many bytes were read from the sender.
  long received() {
    return received;
  }

  /// How many bytes the receiver took; -1 if it would not take them.
  long sent() {
    return sent;
  }

  boolean letsConnect() {
    return slots.stream().allMatch(Slot::letsConnect);
  }

  boolean refuses() {
    return slots.stream().anyMatch(Slot::refuses);
  }

  /// Whether the toxic of that name has torn a hole into this stream.
  boolean isTornBy(String toxic) {
    return slots.stream().anyMatch(slot -> slot.name().equals(toxic) && slot.isTorn());
  }

  /// Puts a toxic behind all others. What has passed them already is not touched by it.
  void add(Toxic toxic) {
    Slot slot = new Slot(toxic, random);
    if (received > 0) {
      slot.join();
    }
    slots.add(slot);
    pump();
  }

  void update(Toxic toxic) {
    int index = indexOf(toxic.name());
    slots.get(index).update(toxic, after(index));
    pump();
  }

  /// Takes a toxic away; what it held goes on at once.
  void remove(String toxic) {
    int index = indexOf(toxic);
    slots.get(index).leave(after(index));
    slots.remove(index);
    pump();
  }

  private int indexOf(String toxic) {
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).name().equals(toxic)) {
        return i;
      }
    }
    throw new IllegalArgumentException("this link has no toxic " + toxic);
  }
}
