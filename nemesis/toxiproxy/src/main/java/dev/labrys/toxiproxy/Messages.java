package dev.labrys.toxiproxy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `messages`: cuts the stream into messages, and loses, delays, doubles, reorders or holds single
/// ones of them. A message passes as a whole or not at all.
///
/// Unlike other stages it keeps bytes, as messages leave in another order than they came. What it
/// can't cut passes as it is: messages that are too long to be kept, and all that follows nonsense.
/// So that nothing hangs, it does not wait for ever for the rest of a message.
final class Messages implements Stage {
  /// How much may be under way; then the sender has to wait.
  static final long ROOM = 1L << 25;

  private static final long PATIENCE_MILLIS = 1_000;

  /// Who is to be overtaken does not wait longer than this for others.
  private static final long SLOWEST_MILLIS = 100;

  private final String framing;
  private final List<MessageRule> rules;
  private final RandomGenerator random;
  private final Transit transit = new Transit();

  /// What has come and is not yet cut off.
  private Uncut uncut = new Uncut();

  /// None while the stream passes as it is.
  private Framing.@Nullable Cutter cutter;

  /// What `uncut` begins with, if that is known and not all of it is there.
  private Framing.Cut known = Framing.Pending.MORE;

  /// How many bytes are still to pass as they are.
  private long plain;

  private long lastCame;

  Messages(Attributes attributes, RandomGenerator random) {
    this.framing = attributes.word("framing");
    this.rules = MessageRule.of(attributes);
    this.random = random;
    this.cutter = Framings.named(framing).map(Framing::beginning).orElse(null);
  }

  @Override
  public void join() {
    known = Framing.Pending.MORE;
    cutter = Framings.named(framing).flatMap(Framing::joining).orElse(null);
  }

  @Override
  public long flow(Pipe in, Outlet out, long nowNanos) {
    while (!in.isEmpty() && hasRoom(out)) {
      Chunk chunk = in.take();
      lastCame = chunk.atNanos();
      uncut.add(chunk.bytes());
      cut(out);
    }
    boolean isAtEnd = in.isAtEnd();
    Transit.Others others = isAtEnd ? Transit.Others.NONE : Transit.Others.COME;
    long wake = transit.release(out, nowNanos, others);
    if (isAtEnd && transit.isEmpty()) {
      giveUp(out);
      out.end(Math.max(in.endedAtNanos(), transit.lastLeft()));
    } else if (!isAtEnd && in.isEmpty() && uncut.length() > 0) {
      long tired = Stage.after(lastCame, PATIENCE_MILLIS);
      if (tired > nowNanos) {
        return Math.min(wake, tired);
      }
      giveUp(out);
      join();
    }
    return wake;
  }

  private boolean hasRoom(Outlet out) {
    return transit.held() + uncut.length() < ROOM && !(isPlain() && out.isFull());
  }

  /// Whether what comes now passes as it is.
  private boolean isPlain() {
    return plain > 0 || cutter == null;
  }

  private void cut(Outlet out) {
    while (uncut.length() > 0) {
      Framing.Cutter knife = cutter;
      if (knife == null) {
        out.put(uncut.take(uncut.length(), lastCame));
      } else if (plain > 0) {
        int count = (int) Math.min(plain, uncut.length());
        out.put(uncut.take(count, lastCame));
        plain -= count;
      } else if (!cutOff(knife, out)) {
        return;
      }
    }
  }

  /// Deals with what comes next.
  ///
  /// @return whether it was all there
  private boolean cutOff(Framing.Cutter knife, Outlet out) {
    if (known == Framing.Pending.MORE) {
      known = knife.next(uncut.bytes().asReadOnlyBuffer());
    }
    switch (known) {
      case Framing.Pending.MORE -> {
        if (uncut.length() <= Limits.MESSAGE) {
          return false;
        }
        giveUp(out);
      }
      case Framing.Pending.NONSENSE -> giveUp(out);
      case Framing.Plain(long length) when length <= Limits.MESSAGE -> {
        if (uncut.length() < length) {
          return false;
        }
        transit.add(uncut.take((int) length, lastCame), lastCame);
      }
      case Framing.Message message when message.length() <= Limits.MESSAGE -> {
        if (uncut.length() < message.length()) {
          return false;
        }
        send(message, uncut.take((int) message.length(), lastCame));
      }
      case Framing.Plain(long length) -> letPass(length, out);
      case Framing.Message(long length, String _, Framing.Role _) -> letPass(length, out);
    }
    known = Framing.Pending.MORE;
    return true;
  }

  /// Nothing may come between its bytes.
  private void letPass(long length, Outlet out) {
    transit.letAllGo(out, lastCame);
    plain = length;
  }

  private void send(Framing.Message message, Chunk chunk) {
    for (MessageRule rule : rules) {
      if (rule.isFor(message)) {
        send(rule, chunk);
        return;
      }
    }
    transit.add(chunk, lastCame);
  }

  private void send(MessageRule rule, Chunk chunk) {
    if (MessageRule.happens(rule.drop(), random)) {
      return;
    }
    if (MessageRule.happens(rule.duplicate(), random)) {
      Chunk copy = Chunk.copyOf(chunk.bytes().duplicate(), lastCame);
      transit.add(copy, lastCame + rule.delayNanos(random));
    }
    long due = lastCame + rule.delayNanos(random);
    if (MessageRule.happens(rule.hold(), random)) {
      transit.add(chunk, NEVER);
    } else if (MessageRule.happens(rule.reorder(), random)) {
      long overtakers = 1 + random.nextLong(rule.depth());
      transit.addSlow(chunk, due, Stage.after(due, SLOWEST_MILLIS), overtakers);
    } else {
      transit.add(chunk, due);
    }
  }

  /// From here on, all passes as it is.
  private void giveUp(Outlet out) {
    transit.letAllGo(out, lastCame);
    out.put(uncut.take(uncut.length(), lastCame));
    known = Framing.Pending.MORE;
    plain = 0;
    cutter = null;
  }

  @Override
  public void letGo(Pipe in, Outlet out) {
    transit.letAllGo(out, lastCame);
  }

  @Override
  public void leave(Outlet out) {
    giveUp(out);
  }

  /// Goes on where the other one was.
  @Override
  public void follow(Stage predecessor) {
    if (predecessor instanceof Messages other) {
      uncut = other.uncut;
      plain = other.plain;
      lastCame = other.lastCame;
      if (framing.equals(other.framing)) {
        cutter = other.cutter;
        known = other.known;
      } else {
        join();
      }
    }
  }
}
