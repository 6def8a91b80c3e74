package dev.labrys.cluster;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// Time as those see it who do things to a cluster: that of this machine, or simulated.
///
/// All that is planned here, and all that is told, happens on one thread, in order of time.
public interface Timeline {

  /// Nanoseconds since the start of the run.
  long nowNanos();

  /// Lets `task` happen at `timeNanos`, or as soon as possible after it.
  void at(long timeNanos, Runnable task);

  /// Does something that may take a while, beside all else but after what was given to the same
  /// `lane` before, and then tells what came of it.
  ///
  /// @param patienceNanos after which it is told to give up, and counts as failed
  /// @param then told why it failed; empty if it did not
  void perform(String lane, long patienceNanos, Deed deed, Consumer<Optional<Exception>> then);

  /// Something that may take a while, and fail.
  @FunctionalInterface
  interface Deed {
    void perform() throws IOException;
  }
}
