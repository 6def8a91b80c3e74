package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// A client's place in the line at a [Desk], whose lock guards it.
final class Seat {
  private final int client;
  private final Condition signal;
  private final Runnable then;
  private int process;
  private boolean isWaiting;
  private @Nullable Action given;

  Seat(int client, Condition signal, Runnable then) {
    this.client = client;
    this.signal = signal;
    this.then = then;
  }

  int client() {
    return client;
  }

  int process() {
    return process;
  }

  boolean isWaiting() {
    return isWaiting;
  }

  /// What it was given last; empty if there is nothing any more.
  Optional<Action> given() {
    return Optional.ofNullable(given);
  }

  void sit(int newProcess) {
    process = newProcess;
    isWaiting = true;
    given = null;
  }

  void give(Action action) {
    given = action;
    dismiss();
  }

  void dismiss() {
    isWaiting = false;
    call();
    then.run();
  }

  /// Wakes the thread that waits here, if there is one.
  void call() {
    signal.signal();
  }

  Condition signal() {
    return signal;
  }
}
