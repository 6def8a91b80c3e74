package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// See [Generator#keyed].
final class Rotation implements Generator {

  /// How many objects are looked at in the end, beside those in use: enough to see what was lost
  /// long ago, and soon done.
  private static final int MOST_CLOSED = 200;

  private final KeyPlan plan;
  private final KeyedScript script;

  /// The objects in use: those of the first clients first; -1 where none was needed yet.
  private final long[] keys;

  /// How many actions each has had.
  private final int[] rounds;

  /// Since when each is in use.
  private final long[] since;

  /// The number of the next object that is taken, if numbers never end.
  private final long nextKey;

  private final long unique;

  private Rotation(
      KeyPlan plan,
      KeyedScript script,
      long[] keys,
      int[] rounds,
      long[] since,
      long nextKey,
      long unique) {
    this.plan = plan;
    this.script = script;
    this.keys = keys;
    this.rounds = rounds;
    this.since = since;
    this.nextKey = nextKey;
    this.unique = unique;
  }

  static Rotation of(KeyPlan plan, KeyedScript script) {
    return new Rotation(plan, script, new long[0], new int[0], new long[0], 0, 0);
  }

  @Override
  public Choice next(Context context, RandomGenerator random) {
    int first = context.client() / plan.clientsPerKey() * plan.keys();
    int place = first + plan.skew().draw(plan.keys(), random);
    int size = Math.max(keys.length, first + plan.keys());
    long[] newKeys = Arrays.copyOf(keys, size);
    Arrays.fill(newKeys, keys.length, size, -1);
    int[] newRounds = Arrays.copyOf(rounds, size);
    long[] newSince = Arrays.copyOf(since, size);
    long newNext = nextKey;
    if (newKeys[place] < 0
        || newRounds[place] == plan.actionsPerKey()
        || context.timeNanos() - newSince[place] >= plan.lifeNanos()) {
      newKeys[place] = newNext % plan.most();
      newRounds[place] = 0;
      newSince[place] = context.timeNanos();
      newNext++;
    }
    KeyedScript.Turn turn = new KeyedScript.Turn(newKeys[place], newRounds[place], unique, context);
    Action action = script.next(turn, random);
    newRounds[place]++;
    return new Act(
        action, new Rotation(plan, script, newKeys, newRounds, newSince, newNext, unique + 1));
  }

  /// All objects in use, and a sample of the others.
  @Override
  public Generator closing() {
    SortedSet<Long> closed = new TreeSet<>();
    for (long key : keys) {
      if (key >= 0) {
        closed.add(key);
      }
    }
    long all = Math.min(nextKey, plan.most());
    long step = Math.max(1, all / MOST_CLOSED);
    for (long key = 0; key < all; key += step) {
      closed.add(key);
    }
    List<Action> actions = new ArrayList<>();
    closed.forEach(key -> actions.addAll(script.closing(key)));
    return Generator.each(actions);
  }
}
