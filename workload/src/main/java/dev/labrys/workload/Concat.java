package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// See [Generator#concat].
record Concat(List<Generator> parts) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    for (int part = 0; part < parts.size(); part++) {
      List<Generator> after = parts.subList(part + 1, parts.size());
      switch (parts.get(part).next(context, random)) {
        case Act(Action action, Generator rest) -> {
          return new Act(action, from(rest, after));
        }
        case Wait(long untilNanos, Generator rest, Whom whom) -> {
          return new Wait(untilNanos, from(rest, after), whom);
        }
        case Done _ -> {}
      }
    }
    return new Done();
  }

  private static Generator from(Generator rest, List<Generator> after) {
    return after.isEmpty()
        ? rest
        : new Concat(Stream.concat(Stream.of(rest), after.stream()).toList());
  }
}
