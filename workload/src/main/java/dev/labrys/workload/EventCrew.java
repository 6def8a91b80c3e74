package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.EventClient;
import dev.labrys.cluster.Reply;
import dev.labrys.cluster.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A [Crew] without threads, for simulated clients: all of it happens on a timeline, and the same
/// seed makes it happen again.
public final class EventCrew {
  private final Timeline timeline;
  private final List<Hand> hands = new ArrayList<>();

  /// Those whom the desk has told something that they have not done yet.
  private final Queue<Hand> called = new ArrayDeque<>();

  private @Nullable Shift shift;
  private boolean isRunning;

  /// A client.
  private static final class Hand {
    final int number;
    final EventClient client;
    final Account account;
    Account.@Nullable Entry underWay;

    Hand(int number, EventClient client, Account account) {
      this.number = number;
      this.client = client;
      this.account = account;
    }
  }

  /// Their work for one desk.
  private static final class Shift {
    final Desk desk;
    final Runnable then;
    final List<Seat> seats = new ArrayList<>();
    int present;

    /// When the desk is to be served next, as planned.
    long plannedNanos = Generator.NO_TIME;

    Shift(Desk desk, Runnable then) {
      this.desk = desk;
      this.then = then;
    }
  }

  public EventCrew(
      List<? extends EventClient> clients, Timeline timeline, Scribe scribe, CrewWitness witness) {
    if (clients.isEmpty()) {
      throw new IllegalArgumentException("a crew needs clients");
    }
    this.timeline = timeline;
    for (int number = 0; number < clients.size(); number++) {
      Account account = new Account(number, clients.size(), scribe, witness);
      hands.add(new Hand(number, clients.get(number), account));
    }
  }

  /// Lets them work for `desk` until it is over.
  ///
  /// @param desk whose clock is that of the timeline
  /// @param then told when everybody is done
  /// @throws IllegalStateException if they are at work already
  public void work(Desk desk, Runnable then) {
    if (shift != null) {
      throw new IllegalStateException("this crew is at work: wait until it is done");
    }
    Shift begun = new Shift(desk, then);
    shift = begun;
    begun.present = hands.size();
    for (Hand hand : hands) {
      begun.seats.add(desk.seat(hand.number, () -> called.add(hand)));
    }
    hands.forEach(hand -> desk.join(begun.seats.get(hand.number), hand.account.process()));
    run();
  }

  /// Lets nobody begin anything. What is under way goes on.
  public void stop() {
    if (shift != null) {
      shift.desk.stop();
      run();
    }
  }

  /// A client may be done at once, so one thing is done after the other, not one within the other.
  private void run() {
    if (isRunning) {
      return;
    }
    isRunning = true;
    try {
      for (Hand hand = called.poll(); hand != null && shift != null; hand = called.poll()) {
        act(hand, shift);
      }
    } finally {
      isRunning = false;
    }
    if (shift != null) {
      plan(shift);
    }
  }

  private void act(Hand hand, Shift current) {
    Optional<Action> given = current.seats.get(hand.number).given();
    if (given.isPresent()) {
      Account.Entry entry = hand.account.begin(given.get());
      hand.underWay = entry;
      try {
        hand.client.invoke(given.get(), reply -> complete(hand, entry, reply));
      } catch (RuntimeException thrown) {
        hand.account.misbehaved(entry, thrown);
        complete(hand, entry, Reply.unknown("the client threw " + thrown));
      }
      return;
    }
    current.present--;
    if (current.present == 0) {
      shift = null;
      current.then.run();
    }
  }

  private void complete(Hand hand, Account.Entry entry, Reply reply) {
    Shift current = shift;
    if (!entry.equals(hand.underWay) || current == null) {
      throw new IllegalStateException(
          "client %d was told twice what came of %s".formatted(hand.number, entry.action()));
    }
    hand.underWay = null;
    hand.account.end(entry, reply);
    current.desk.finished();
    current.desk.join(current.seats.get(hand.number), hand.account.process());
    run();
  }

  private void plan(Shift current) {
    long wakeNanos = current.desk.wakeNanos();
    if (wakeNanos < current.plannedNanos) {
      current.plannedNanos = wakeNanos;
      timeline.at(current.desk.clockAt(wakeNanos), () -> serve(current, wakeNanos));
    }
  }

  private void serve(Shift planned, long wakeNanos) {
    if (shift == planned && planned.plannedNanos == wakeNanos) {
      planned.plannedNanos = Generator.NO_TIME;
      planned.desk.serve();
      run();
    }
  }
}
