package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// See [Generator#phases].
record Phases(List<Generator> phases) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    for (int phase = 0; phase < phases.size(); phase++) {
      switch (phases.get(phase).next(context, random)) {
        case Act(Action action, Generator rest) -> {
          return new Act(action, from(phase, rest));
        }
        case Wait(long untilNanos, Generator rest, Whom whom) -> {
          return new Wait(untilNanos, from(phase, rest), whom);
        }
        case Done _ -> {
          if (context.busy() > 0) {
            return new Wait(NO_TIME, from(phase, Generator.none()));
          }
        }
      }
    }
    return new Done();
  }

  private Phases from(int phase, Generator rest) {
    List<Generator> remaining = new ArrayList<>(phases.subList(phase, phases.size()));
    remaining.set(0, rest);
    return new Phases(List.copyOf(remaining));
  }
}
