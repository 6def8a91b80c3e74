package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.random.RandomGenerator;

/// See [Generator#limit].
record Limit(long actions, Generator source) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    if (actions == 0) {
      return new Done();
    }
    return switch (source.next(context, random)) {
      case Act(Action action, Generator rest) -> new Act(action, new Limit(actions - 1, rest));
      case Wait(long untilNanos, Generator rest, Whom whom) ->
          new Wait(untilNanos, new Limit(actions, rest), whom);
      case Done done -> done;
    };
  }

  @Override
  public Generator closing() {
    return source.closing();
  }
}
