package dev.labrys.workload;

import dev.labrys.cluster.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Real clients at work, each on a virtual thread of its own: what a desk gives it is recorded,
/// done, and recorded again.
///
/// ```java
/// try (Crew crew = new Crew(clients, scribe, Duration.ofSeconds(2), witness)) {
///   Desk load = new Desk(generator, random, System::nanoTime);
///   crew.work(load);
///   crew.await();
///   crew.work(new Desk(load.closing(), random, System::nanoTime));
///   crew.await();
/// }
/// ```
///
/// The numbers of processes go on from one desk to the next. A client whose action has an unknown
/// outcome goes on as another process, as many further as there are clients.
///
/// No client can stop it: whatever one throws is an unknown outcome, and one that does not come
/// back is first interrupted, then written off until it does.
public final class Crew implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Duration LEAVE = Duration.ofSeconds(5);

  private final List<Member> members = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  /// Somebody has left, or has to.
  private final Condition change = lock.newCondition();

  private int present;
  private boolean isClosed;
  private @Nullable Desk desk;
  private @Nullable Throwable bug;

  private static final class Member {
    final Worker worker;
    Place place = Place.AWAY;
    @Nullable Thread thread;

    Member(Worker worker) {
      this.worker = worker;
    }
  }

  private enum Place {
    AWAY,
    PRESENT,
    LOST
  }

  /// @param clients closed with the crew
  /// @param patience after which a client has to give up an action
  public Crew(
      List<? extends Client> clients, Scribe scribe, Duration patience, CrewWitness witness) {
    if (clients.isEmpty() || patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(
          "a crew needs clients and patience, not %d and %s".formatted(clients.size(), patience));
    }
    for (int number = 0; number < clients.size(); number++) {
      Account account = new Account(number, clients.size(), scribe, witness);
      members.add(new Member(new Worker(number, clients.get(number), patience, account)));
    }
  }

  /// Lets them work for `newDesk` until it is over.
  ///
  /// @throws IllegalStateException if they are at work already, or closed
  public void work(Desk newDesk) {
    lock.lock();
    try {
      if (isClosed || isAtWork()) {
        throw new IllegalStateException(
            isClosed ? "this crew is closed" : "this crew is at work: await it first");
      }
      desk = newDesk;
      for (Member member : members) {
        if (member.place == Place.AWAY) {
          member.place = Place.PRESENT;
          present++;
          member.thread =
              Thread.ofVirtual()
                  .name("client-" + members.indexOf(member))
                  .start(() -> run(member, newDesk));
        }
      }
      Thread.ofVirtual().name("clients-watch").start(() -> watch(newDesk));
    } finally {
      lock.unlock();
    }
  }

  /// Whoever is lost may come back as long as there is something to do.
  private boolean isAtWork() {
    return desk != null && (present > 0 || !desk.isOver());
  }

  private void run(Member member, Desk worked) {
    boolean isNeeded = true;
    while (isNeeded) {
      try {
        member.worker.work(worked, this);
        isNeeded = false;
      } catch (InterruptedException told) {
        // By the watch, a moment too late to be meant for anything but the action before.
        isNeeded = !worked.isOver();
      } catch (RuntimeException | Error found) {
        fail(found, worked);
        isNeeded = false;
      }
    }
    leave(member);
  }

  private void fail(Throwable found, Desk worked) {
    worked.stop();
    lock.lock();
    try {
      if (bug == null) {
        bug = found;
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(Member member) {
    lock.lock();
    try {
      if (member.place == Place.PRESENT) {
        present--;
      }
      member.place = Place.AWAY;
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether `worker`, who had been written off, is still needed.
  boolean isBack(Worker worker, Desk worked) {
    lock.lock();
    try {
      boolean isNeeded = desk == worked && !worked.isOver();
      for (Member member : members) {
        if (isNeeded && member.worker == worker) {
          member.place = Place.PRESENT;
          present++;
        }
      }
      return isNeeded;
    } finally {
      lock.unlock();
    }
  }

  /// Looks after those who don't come back, as long as anybody is at work.
  private void watch(Desk watched) {
    lock.lock();
    try {
      while (desk == watched && isAtWork()) {
        change.awaitNanos(LOOK_NANOS);
        members.forEach(member -> look(member, watched));
        if (present == 0) {
          watched.look();
        }
      }
      change.signalAll();
    } catch (InterruptedException nobody) {
      throw new IllegalStateException("nobody interrupts the watch", nobody);
    } catch (RuntimeException | Error found) {
      fail(found, watched);
    } finally {
      lock.unlock();
    }
  }

  private void look(Member member, Desk watched) {
    if (member.place == Place.PRESENT && member.worker.isWrittenOff(System.nanoTime())) {
      member.place = Place.LOST;
      present--;
      watched.finished();
    }
  }

  /// Waits until the desk is over and everybody has come back, or is written off.
  ///
  /// @throws IllegalStateException if something went wrong that is no client's fault
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (isAtWork()) {
        change.await();
      }
      if (bug != null) {
        throw new IllegalStateException("the crew had to stop: " + bug, bug);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody begin anything. What is under way goes on: [await][#await] it.
  public void stop() {
    Desk current;
    lock.lock();
    try {
      current = desk;
    } finally {
      lock.unlock();
    }
    if (current != null) {
      current.stop();
    }
  }

  /// Stops, interrupts what is under way, and closes the clients.
  @Override
  public void close() {
    stop();
    List<Thread> threads = interruptAll();
    long deadline = System.nanoTime() + LEAVE.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    RuntimeException trouble = null;
    for (Member member : members) {
      try {
        member.worker.client().close();
      } catch (RuntimeException thrown) {
        if (trouble == null) {
          trouble = thrown;
        } else {
          trouble.addSuppressed(thrown);
        }
      }
    }
    if (trouble != null) {
      throw trouble;
    }
  }

  private List<Thread> interruptAll() {
    List<Thread> threads = new ArrayList<>();
    lock.lock();
    try {
      isClosed = true;
      for (Member member : members) {
        if (member.place != Place.AWAY && member.thread != null) {
          member.thread.interrupt();
          threads.add(member.thread);
        }
      }
    } finally {
      lock.unlock();
    }
    return threads;
  }
}
