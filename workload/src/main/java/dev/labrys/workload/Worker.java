package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A client of a crew, and its thread.
final class Worker {

  /// How often a client that is late is looked at before it is interrupted. Looks, not time, so
  /// that a machine that stood still for a while accuses nobody.
  private static final int LOOKS_BEFORE_INTERRUPT = 10;

  private static final int LOOKS_BEFORE_LOST = 20;

  private final int number;
  private final Client client;
  private final Duration patience;
  private final Account account;
  private @Nullable Flight underWay;

  private static final class Flight {
    final Account.Entry entry;
    final Thread thread = Thread.currentThread();
    final long deadlineNanos;
    int looks;

    Flight(Account.Entry entry, long deadlineNanos) {
      this.entry = entry;
      this.deadlineNanos = deadlineNanos;
    }
  }

  Worker(int number, Client client, Duration patience, Account account) {
    this.number = number;
    this.client = client;
    this.patience = patience;
    this.account = account;
  }

  Client client() {
    return client;
  }

  /// Works until there is nothing to do, or until it is not needed any more.
  ///
  /// @throws InterruptedException if its thread was interrupted while it had nothing to do
  void work(Desk desk, Crew crew) throws InterruptedException {
    Seat seat = desk.seat(number, () -> {});
    boolean isNeeded = true;
    while (isNeeded) {
      Optional<Action> next = desk.take(seat, process());
      isNeeded = next.isPresent();
      if (isNeeded) {
        if (perform(next.get())) {
          desk.finished();
        } else {
          isNeeded = crew.isBack(this, desk);
        }
      }
    }
  }

  private synchronized int process() {
    return account.process();
  }

  /// False if it took so long that others have written it off.
  private boolean perform(Action action) {
    Flight flight = begin(action);
    try {
      return conclude(flight, client.invoke(action, patience));
    } catch (Throwable thrown) { // also what no client can throw, if it does
      return conclude(flight, thrown);
    } finally {
      // What told it to hurry is not meant for the next action.
      boolean _ = Thread.interrupted();
    }
  }

  private synchronized Flight begin(Action action) {
    Flight flight = new Flight(account.begin(action), System.nanoTime() + patience.toNanos());
    underWay = flight;
    return flight;
  }

  private synchronized boolean conclude(Flight flight, Reply reply) {
    if (underWay != flight) {
      return false;
    }
    underWay = null;
    account.end(flight.entry, reply);
    return true;
  }

  private synchronized boolean conclude(Flight flight, Throwable trouble) {
    if (underWay != flight) {
      return false;
    }
    account.misbehaved(flight.entry, trouble);
    return conclude(flight, Reply.unknown("the client threw " + trouble));
  }

  /// Sees to a client that has outstayed its patience. True if it is written off now.
  synchronized boolean isWrittenOff(long nowNanos) {
    Flight flight = underWay;
    if (flight == null || nowNanos - flight.deadlineNanos < 0) {
      return false;
    }
    flight.looks++;
    if (flight.looks >= LOOKS_BEFORE_LOST) {
      return conclude(flight, new TimeoutException("the client came not back within " + patience));
    }
    if (flight.looks >= LOOKS_BEFORE_INTERRUPT) {
      flight.thread.interrupt();
    }
    return false;
  }
}
