package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.random.RandomGenerator;

/// See [Generator#closed].
record Closed(Generator source) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    return switch (source.next(context, random)) {
      case Act(Action action, Generator rest) -> new Act(action, new Closed(rest));
      case Wait(long untilNanos, Generator rest, Whom whom) ->
          new Wait(untilNanos, new Closed(rest), whom);
      case Done _ ->
          context.busy() > 0 ? new Wait(NO_TIME, this) : source.closing().next(context, random);
    };
  }

  @Override
  public Generator closing() {
    return source.closing();
  }
}
