package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// See [Generator#mix].
///
/// @param over the parts that are done, for what they have to do at the end
record Mix(List<Weighted> parts, List<Generator> over) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    List<Weighted> unasked = new ArrayList<>(parts);
    List<Weighted> waiting = new ArrayList<>(parts.size());
    List<Generator> ended = over;
    long earliest = NO_TIME;
    Whom whom = Whom.ALL;
    while (!unasked.isEmpty()) {
      Weighted drawn = unasked.remove(draw(unasked, random));
      switch (drawn.generator().next(context, random)) {
        case Act(Action action, Generator rest) -> {
          waiting.addAll(unasked);
          waiting.add(new Weighted(drawn.weight(), rest));
          return new Act(action, new Mix(List.copyOf(waiting), ended));
        }
        case Wait(long untilNanos, Generator rest, Whom who) -> {
          earliest = Math.min(earliest, untilNanos);
          whom = who == Whom.ONE ? who : whom;
          waiting.add(new Weighted(drawn.weight(), rest));
        }
        case Done _ -> {
          ended = new ArrayList<>(ended);
          ended.add(drawn.generator());
        }
      }
    }
    return waiting.isEmpty()
        ? new Done()
        : new Wait(earliest, new Mix(List.copyOf(waiting), List.copyOf(ended)), whom);
  }

  private static int draw(List<Weighted> from, RandomGenerator random) {
    if (from.size() == 1) {
      return 0;
    }
    long total = 0;
    for (Weighted part : from) {
      total += part.weight();
    }
    long drawn = random.nextLong(total);
    int index = 0;
    while (drawn >= from.get(index).weight()) {
      drawn -= from.get(index).weight();
      index++;
    }
    return index;
  }

  @Override
  public Generator closing() {
    List<Generator> closings = new ArrayList<>();
    over.forEach(each -> closings.add(each.closing()));
    parts.forEach(each -> closings.add(each.generator().closing()));
    return new Concat(List.copyOf(closings));
  }
}
