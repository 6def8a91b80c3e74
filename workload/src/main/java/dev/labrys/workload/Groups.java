package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// See [Generator#groups].
///
/// @param done how many of them are done
record Groups(List<Generator> groups, int done) implements Generator {
  @Override
  public Choice next(Context context, RandomGenerator random) {
    int group = context.client() % groups.size();
    return switch (groups.get(group).next(context, random)) {
      case Act(Action action, Generator rest) -> new Act(action, with(group, rest, done));
      case Wait(long untilNanos, Generator rest, Whom _) ->
          new Wait(untilNanos, with(group, rest, done), Whom.ONE);
      case Done _ ->
          switch (groups.get(group)) {
            case Ended _ -> new Wait(NO_TIME, this, Whom.ONE);
            case Generator ended when done + 1 < groups.size() ->
                new Wait(NO_TIME, with(group, new Ended(ended), done + 1), Whom.ONE);
            case Generator _ -> new Done();
          };
    };
  }

  /// One of them that is done.
  private record Ended(Generator source) implements Generator {
    @Override
    public Choice next(Context context, RandomGenerator random) {
      return new Done();
    }

    @Override
    public Generator closing() {
      return source.closing();
    }
  }

  private Groups with(int group, Generator rest, int doneThen) {
    List<Generator> after = new ArrayList<>(groups);
    after.set(group, rest);
    return new Groups(List.copyOf(after), doneThen);
  }

  @Override
  public Generator closing() {
    return Generator.concat(groups.stream().map(Generator::closing).toList());
  }
}
