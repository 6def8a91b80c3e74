package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import dev.labrys.raft.ServerId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// A cluster in one thread, under virtual time, made from one seed.
///
/// What happens is a sequence of events, in the order of their times, and of those at the same time
/// in the order in which they were planned. The same options, the same seed and the same calls give
/// the same events, everywhere. All servers run from the start.
public final class Simulation {

  private Simulation() {}

  /// A new cluster, at time 0.
  public static Simulation of(SimulationOptions options, Seed seed) {
    throw new UnsupportedOperationException();
  }

  public SimulationOptions options() {
    throw new UnsupportedOperationException();
  }

  public Seed seed() {
    throw new UnsupportedOperationException();
  }

  /// The time that has passed since the start.
  public long nowNanos() {
    throw new UnsupportedOperationException();
  }

  /// Plans `task` for `timeNanos`, which has not passed yet.
  public void at(long timeNanos, Runnable task) {
    throw new UnsupportedOperationException();
  }

  /// Plans `task` for `nanos` from now.
  public void after(long nanos, Runnable task) {
    throw new UnsupportedOperationException();
  }

  /// Lets all happen that is due at `timeNanos` or before. It is `timeNanos` then.
  public void runUntil(long timeNanos) {
    throw new UnsupportedOperationException();
  }

  /// Lets things happen until `condition` holds, or `deadlineNanos` has passed.
  ///
  /// @return whether it holds; it is then the time of the event that made it so
  public boolean runUntil(BooleanSupplier condition, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  /// Lets `nanos` pass.
  public void run(long nanos) {
    throw new UnsupportedOperationException();
  }

  /// All servers, up or down, in order.
  public List<ServerId> servers() {
    throw new UnsupportedOperationException();
  }

  public SimServer server(ServerId id) {
    throw new UnsupportedOperationException();
  }

  public SimNetwork network() {
    throw new UnsupportedOperationException();
  }

  public SimDisk disk(ServerId id) {
    throw new UnsupportedOperationException();
  }

  public SimClock clock(ServerId id) {
    throw new UnsupportedOperationException();
  }

  /// A stream of random numbers for whoever drives this simulation.
  public RandomGenerator random(String name) {
    throw new UnsupportedOperationException();
  }

  /// Ends the server's process. What it handed to its disk stays; of a write under way, some may.
  public void crash(ServerId id) {
    throw new UnsupportedOperationException();
  }

  /// Ends the server's process as soon as it has performed `effects` more effects: between two
  /// effects of one step, if it so happens.
  public void crashAfter(ServerId id, int effects) {
    throw new UnsupportedOperationException();
  }

  /// Ends the server and loses what its disk had not synced.
  public void powerLoss(ServerId id) {
    throw new UnsupportedOperationException();
  }

  /// Starts a server that is down, with what its disk holds.
  ///
  /// @throws IllegalStateException if it is up, or if its disk is damaged
  public void start(ServerId id) {
    throw new UnsupportedOperationException();
  }

  /// Freezes the server: what it would be told waits.
  public void pause(ServerId id) {
    throw new UnsupportedOperationException();
  }

  /// Undoes [#pause].
  public void resume(ServerId id) {
    throw new UnsupportedOperationException();
  }

  /// For the next `nanos`, the server's timer does not fire; if it is due meanwhile, it is late.
  public void stallTimers(ServerId id, long nanos) {
    throw new UnsupportedOperationException();
  }

  /// From now on, each step of the server takes `nanos`; 0 for no time, as at first.
  public void slowDown(ServerId id, long nanos) {
    throw new UnsupportedOperationException();
  }

  /// Tells the observers of something that whoever drives this simulation does.
  public void announce(String fault) {
    throw new UnsupportedOperationException();
  }

  /// How many events have happened.
  public long events() {
    throw new UnsupportedOperationException();
  }

  /// A fingerprint of all that has happened: two runs with the same one went the same way.
  public long fingerprint() {
    throw new UnsupportedOperationException();
  }
}
