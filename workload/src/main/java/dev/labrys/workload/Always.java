package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// See [Generator#always].
record Always(Function<RandomGenerator, Action> draw) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    return new Act(draw.apply(random), this);
  }
}
