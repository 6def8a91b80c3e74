package dev.labrys.experiment;

import dev.labrys.cluster.Timeline;
import java.util.Optional;
import java.util.function.Consumer;

/// A timeline that counts from later on.
///
/// @param originNanos what `timeline` says when this one says 0
record ShiftedTimeline(Timeline timeline, long originNanos) implements Timeline {
  @Override
  public long nowNanos() {
    return timeline.nowNanos() - originNanos;
  }

  @Override
  public void at(long timeNanos, Runnable task) {
    timeline.at(timeNanos + originNanos, task);
  }

  @Override
  public void perform(
      String lane, long patienceNanos, Deed deed, Consumer<Optional<Exception>> then) {
    timeline.perform(lane, patienceNanos, deed, then);
  }
}
