package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.List;
import java.util.random.RandomGenerator;

/// See [Generator#each].
record Each(List<Action> actions, int position) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    return position == actions.size()
        ? new Done()
        : new Act(actions.get(position), new Each(actions, position + 1));
  }
}
