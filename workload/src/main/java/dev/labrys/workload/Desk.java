package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Stands between a [Generator] and the clients of a [Crew], and gives each idle one its next
/// action. The generator is a value; its present state is kept here.
///
/// Who has been idle longest is asked for first. Any thread may use a desk at any time.
public final class Desk {
  private final ReentrantLock lock = new ReentrantLock();
  private final RandomGenerator random;
  private final LongSupplier clock;
  private final long origin;
  private final Deque<Seat> line = new ArrayDeque<>();
  private Generator generator;
  private boolean isOver;
  private int busy;

  /// When the line has to be served again, if nothing is completed before.
  private long wakeNanos = Generator.NO_TIME;

  /// The one of the line whose thread waits for that time; all others wait to be called.
  private @Nullable Seat timekeeper;

  /// Opens a desk: its time starts now.
  ///
  /// @param clock nanoseconds since any moment
  public Desk(Generator generator, RandomGenerator random, LongSupplier clock) {
    this.generator = generator;
    this.random = random;
    this.clock = clock;
    this.origin = clock.getAsLong();
  }

  /// Gives out no more actions. What is under way goes on.
  public void stop() {
    lock.lock();
    try {
      dismissAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether no more actions are given out.
  public boolean isOver() {
    lock.lock();
    try {
      return isOver;
    } finally {
      lock.unlock();
    }
  }

  /// What is to be done once everything is healed, after what was given out so far: the reads that
  /// show what was lost.
  public Generator closing() {
    lock.lock();
    try {
      return generator.closing();
    } finally {
      lock.unlock();
    }
  }

  /// Nanoseconds since this desk was opened.
  long nowNanos() {
    return Math.max(0, clock.getAsLong() - origin);
  }

  /// What the clock says at that time of this desk.
  long clockAt(long timeNanos) {
    return origin + timeNanos;
  }

  /// When [#serve] may give something to somebody who is in the line now; [Generator#NO_TIME] if
  /// only after a completion.
  long wakeNanos() {
    lock.lock();
    try {
      return wakeNanos;
    } finally {
      lock.unlock();
    }
  }

  /// Joins the line, and serves it.
  void join(Seat seat, int process) {
    lock.lock();
    try {
      enter(seat, process);
    } finally {
      lock.unlock();
    }
  }

  /// Gives what there is to those in the line.
  void serve() {
    lock.lock();
    try {
      serveLine();
    } finally {
      lock.unlock();
    }
  }

  /// Finds out that nothing is left to be done, though nobody asks.
  void look() {
    lock.lock();
    try {
      Context context = new Context(nowNanos(), 0, 0, busy);
      if (generator.next(context, random) instanceof Generator.Done) {
        dismissAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Somebody is not busy any more.
  void finished() {
    lock.lock();
    try {
      busy--;
      if (!line.isEmpty()) {
        serveLine();
        appoint();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next action of `seat`; empty if there will be none. It is busy from then on,
  /// until it [has finished][#finished].
  ///
  /// @param process as whom it acts next
  Optional<Action> take(Seat seat, int process) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      enter(seat, process);
      while (seat.isWaiting()) {
        if (timekeeper != null || wakeNanos == Generator.NO_TIME) {
          seat.signal().await();
        } else {
          timekeeper = seat;
          seat.signal().awaitNanos(wakeNanos - nowNanos());
          timekeeper = null;
          if (seat.isWaiting()) {
            serveLine();
          }
        }
      }
      return seat.given();
    } catch (InterruptedException told) {
      timekeeper = timekeeper == seat ? null : timekeeper;
      leave(seat);
      throw told;
    } finally {
      appoint();
      lock.unlock();
    }
  }

  private void enter(Seat seat, int process) {
    seat.sit(process);
    line.add(seat);
    if (isOver) {
      dismissAll();
    } else {
      serveLine();
    }
  }

  private void leave(Seat seat) {
    if (!line.remove(seat) && seat.given().isPresent()) {
      busy--;
    }
  }

  /// Sees to it that somebody waits for the time, if anybody has to.
  private void appoint() {
    if (timekeeper == null && wakeNanos != Generator.NO_TIME && !line.isEmpty()) {
      line.getFirst().call();
    }
  }

  private void serveLine() {
    long before = wakeNanos;
    wakeNanos = Generator.NO_TIME;
    Iterator<Seat> waiting = line.iterator();
    boolean goesOn = true;
    while (goesOn && waiting.hasNext()) {
      goesOn = offer(waiting.next(), waiting);
    }
    if (wakeNanos < before && timekeeper != null) {
      timekeeper.call();
    }
  }

  /// Gives `seat` something if there is something. False if there is nothing for others either.
  private boolean offer(Seat seat, Iterator<Seat> waiting) {
    Context context = new Context(nowNanos(), seat.client(), seat.process(), busy);
    return switch (generator.next(context, random)) {
      case Generator.Act(Action action, Generator rest) -> {
        generator = rest;
        busy++;
        waiting.remove();
        seat.give(action);
        yield true;
      }
      case Generator.Wait(long untilNanos, Generator rest, Generator.Whom whom) -> {
        generator = rest;
        wakeNanos = Math.min(wakeNanos, untilNanos);
        yield whom == Generator.Whom.ONE;
      }
      case Generator.Done _ -> {
        dismissAll();
        yield false;
      }
    };
  }

  private void dismissAll() {
    isOver = true;
    wakeNanos = Generator.NO_TIME;
    line.forEach(Seat::dismiss);
    line.clear();
  }

  /// A place in the line.
  ///
  /// @param then told each time when it need not wait any more
  Seat seat(int client, Runnable then) {
    return new Seat(client, lock.newCondition(), then);
  }
}
