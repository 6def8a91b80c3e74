package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// See [Generator#mix].
record Mix(List<Weighted> parts) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    List<Weighted> unasked = new ArrayList<>(parts);
    List<Weighted> waiting = new ArrayList<>();
    long earliest = NO_TIME;
    while (!unasked.isEmpty()) {
      Weighted drawn = unasked.remove(draw(unasked, random));
      switch (drawn.generator().next(context, random)) {
        case Act(Action action, Generator rest) -> {
          waiting.addAll(unasked);
          waiting.add(new Weighted(drawn.weight(), rest));
          return new Act(action, new Mix(List.copyOf(waiting)));
        }
        case Wait(long untilNanos, Generator rest) -> {
          earliest = Math.min(earliest, untilNanos);
          waiting.add(new Weighted(drawn.weight(), rest));
        }
        case Done _ -> {}
      }
    }
    return waiting.isEmpty() ? new Done() : new Wait(earliest, new Mix(List.copyOf(waiting)));
  }

  private static int draw(List<Weighted> from, RandomGenerator random) {
    long total = from.stream().mapToLong(Weighted::weight).sum();
    long drawn = random.nextLong(total);
    int index = 0;
    while (drawn >= from.get(index).weight()) {
      drawn -= from.get(index).weight();
      index++;
    }
    return index;
  }
}
