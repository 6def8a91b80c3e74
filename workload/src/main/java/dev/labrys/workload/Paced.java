package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.random.RandomGenerator;

/// See [Generator#paced].
///
/// @param dueNanos when the next action is due
record Paced(Pace pace, long dueNanos, Generator source) implements Generator {

  /// How much of what it owes it makes up for.
  private static final long MOST_DEBT_NANOS = 100_000_000;

  @Override
  public Choice next(Context context, RandomGenerator random) {
    if (context.timeNanos() < dueNanos) {
      return new Wait(dueNanos, this);
    }
    return switch (source.next(context, random)) {
      case Act(Action action, Generator rest) -> {
        long owed = Math.max(dueNanos, context.timeNanos() - MOST_DEBT_NANOS);
        Pace.Due due = pace.after(owed, random);
        yield new Act(action, new Paced(due.rest(), due.dueNanos(), rest));
      }
      case Wait(long untilNanos, Generator rest, Whom whom) ->
          new Wait(untilNanos, new Paced(pace, dueNanos, rest), whom);
      case Done done -> done;
    };
  }

  @Override
  public Generator closing() {
    return source.closing();
  }
}
