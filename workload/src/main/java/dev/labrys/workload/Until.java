package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.random.RandomGenerator;

/// See [Generator#until].
record Until(long timeNanos, Generator source) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    if (context.timeNanos() >= timeNanos) {
      return new Done();
    }
    return switch (source.next(context, random)) {
      case Act(Action action, Generator rest) -> new Act(action, new Until(timeNanos, rest));
      case Wait(long untilNanos, Generator rest, Whom whom) ->
          new Wait(Math.min(untilNanos, timeNanos), new Until(timeNanos, rest), whom);
      case Done done -> done;
    };
  }

  @Override
  public Generator closing() {
    return source.closing();
  }
}
