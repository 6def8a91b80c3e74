package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/// See [Generator#counting].
record Counting(LongFunction<Action> make, long number) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    return new Act(make.apply(number), new Counting(make, number + 1));
  }
}
