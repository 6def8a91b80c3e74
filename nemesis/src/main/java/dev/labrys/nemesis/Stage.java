package dev.labrys.nemesis;

import java.util.function.Consumer;

/// Where a plan is played: on a cluster, or on paper.
interface Stage {

  long nowNanos();

  /// Lets `task` happen at `timeNanos`, after all that was planned before for that time.
  void at(long timeNanos, Runnable task);

  /// Lets a fault begin.
  ///
  /// @return its number, for [#end]
  int begin(Fault fault);

  /// Lets a fault end that has begun.
  void end(int number);

  /// Lets somebody look out for something.
  Watch watch(Condition condition);

  /// Somebody who looks out for something.
  interface Watch {

    /// Waits until it is seen: for the first time since now, or else since it was seen last.
    ///
    /// @param deadlineNanos when it is given up
    /// @param then told whether it was seen
    void await(long deadlineNanos, Consumer<Boolean> then);
  }

  /// Takes note that a step is not done.
  void skip(Plan.Step step, String why);

  /// Takes note that the plan is over.
  void over();
}
