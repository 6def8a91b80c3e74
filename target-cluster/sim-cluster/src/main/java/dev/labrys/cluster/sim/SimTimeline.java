package dev.labrys.cluster.sim;

import dev.labrys.cluster.Timeline;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// The time of a simulation. Nothing done to a simulated cluster takes any.
public final class SimTimeline implements Timeline {
  private final Simulation simulation;

  public SimTimeline(Simulation simulation) {
    this.simulation = simulation;
  }

  @Override
  public long nowNanos() {
    return simulation.nowNanos();
  }

  @Override
  public void at(long timeNanos, Runnable task) {
    simulation.at(Math.max(timeNanos, nowNanos()), task);
  }

  @Override
  public void perform(
      String lane, long patienceNanos, Deed deed, Consumer<Optional<Exception>> then) {
    then.accept(attempt(deed));
  }

  private static Optional<Exception> attempt(Deed deed) {
    try {
      deed.perform();
      return Optional.empty();
    } catch (IOException | RuntimeException failed) {
      return Optional.of(failed);
    }
  }
}
