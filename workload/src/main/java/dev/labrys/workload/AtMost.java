package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.random.RandomGenerator;

/// See [Generator#atMost].
record AtMost(int busy, Generator source) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    if (context.busy() >= busy) {
      return new Wait(NO_TIME, this);
    }
    return switch (source.next(context, random)) {
      case Act(Action action, Generator rest) -> new Act(action, new AtMost(busy, rest));
      case Wait(long untilNanos, Generator rest, Whom whom) ->
          new Wait(untilNanos, new AtMost(busy, rest), whom);
      case Done done -> done;
    };
  }

  @Override
  public Generator closing() {
    return source.closing();
  }
}
