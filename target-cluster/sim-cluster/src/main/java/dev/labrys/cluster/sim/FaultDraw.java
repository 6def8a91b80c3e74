package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/// Draws single faults at random.
final class FaultDraw {
  private static final long MICRO = 1_000L;
  private static final long MILLI = 1_000 * MICRO;
  private static final int MOST_DRIFT_PPM = 30_000;
  private static final int MOST_EFFECTS = 40;
  private static final Delay USUAL = Weather.FAIR.delay();

  private final List<ServerId> servers;
  private final RandomGenerator random;

  FaultDraw(List<ServerId> servers, RandomGenerator random) {
    this.servers = servers;
    this.random = random;
  }

  SimFault draw(FaultMix.Kind kind) {
    return switch (kind) {
      case ISOLATE -> new SimFault.Isolate(victim(), SimFault.Direction.BOTH);
      case HALF_DEAF ->
          new SimFault.Isolate(
              victim(), isHeads() ? SimFault.Direction.INBOUND : SimFault.Direction.OUTBOUND);
      case SPLIT -> split();
      case BRIDGE -> bridge();
      case RING -> ring();
      case HOLES -> holes();
      case CUT_CLIENTS -> new SimFault.CutClients(victim());
      case LOSS -> bad(new Weather(USUAL, permille(), 0, 0, Delay.NONE, Weather.Order.BY_DELAY));
      case DUPLICATION ->
          bad(new Weather(USUAL, 0, permille(), 0, Delay.NONE, Weather.Order.AS_SENT));
      case REORDERING -> bad(reordering());
      case SLOW_NETWORK -> bad(slow());
      case CRASH -> new SimFault.Crash(List.of(victim()), SimFault.End.KILL);
      case CRASH_AMID -> new SimFault.CrashAmid(victim(), 1 + Dice.index(random, MOST_EFFECTS));
      case POWER_LOSS -> new SimFault.Crash(List.of(victim()), SimFault.End.POWER_LOSS);
      case BLACKOUT -> new SimFault.Crash(several(), SimFault.End.POWER_LOSS);
      case PAUSE -> new SimFault.Pause(victim());
      case STALL_TIMERS -> new SimFault.StallTimers(victim());
      case SLOW_DOWN ->
          new SimFault.SlowDown(victim(), Dice.between(random, 100 * MICRO, 20 * MILLI));
      case DRIFT ->
          new SimFault.Drift(victim(), (int) Dice.between(random, -MOST_DRIFT_PPM, MOST_DRIFT_PPM));
      case JUMP -> new SimFault.Jump(victim(), Dice.between(random, MILLI, 2_000 * MILLI));
      case SLOW_DISK ->
          new SimFault.SlowDisk(victim(), new Delay.LongTail(MILLI, 20 * MILLI, 500 * MILLI));
      case HANG_DISK -> new SimFault.HangDisk(victim());
      case FULL_DISK -> new SimFault.FillDisk(victim());
    };
  }

  private boolean isHeads() {
    return Dice.below(random, 2) == 0;
  }

  /// Half of the time whoever leads, whom most faults concern most.
  private Victim victim() {
    return isHeads()
        ? new Victim.Leader()
        : new Victim.Server(servers.get(Dice.index(random, servers.size())));
  }

  private List<Victim> several() {
    List<ServerId> all = shuffled();
    int count = Math.min(all.size(), 2 + Dice.index(random, all.size()));
    List<Victim> some = new ArrayList<>();
    for (ServerId id : all.subList(0, count)) {
      some.add(new Victim.Server(id));
    }
    return some;
  }

  private List<ServerId> shuffled() {
    List<ServerId> shuffled = new ArrayList<>(servers);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int other = Dice.index(random, i + 1);
      ServerId swapped = shuffled.get(i);
      shuffled.set(i, shuffled.get(other));
      shuffled.set(other, swapped);
    }
    return shuffled;
  }

  /// In halves, or unevenly.
  private SimFault split() {
    List<ServerId> order = shuffled();
    int cut = Math.max(1, isHeads() ? order.size() / 2 : Dice.index(random, order.size()));
    String shape = "split " + order.subList(0, cut) + " from " + order.subList(cut, order.size());
    return partition(shape, order, (from, to) -> (from < cut) == (to < cut));
  }

  private SimFault bridge() {
    List<ServerId> order = shuffled();
    int middle = order.size() / 2;
    String shape =
        "split %s from %s but for %s"
            .formatted(
                order.subList(0, middle),
                order.subList(middle + 1, order.size()),
                order.get(middle));
    return partition(
        shape,
        order,
        (from, to) -> from == middle || to == middle || (from < middle) == (to < middle));
  }

  private SimFault ring() {
    List<ServerId> order = shuffled();
    int last = order.size() - 1;
    return partition(
        "ring", order, (from, to) -> Math.abs(from - to) == 1 || Math.abs(from - to) == last);
  }

  private SimFault holes() {
    int permille = permille();
    List<SimFault.Way> open = new ArrayList<>();
    List<SimFault.Way> cut = new ArrayList<>();
    for (SimFault.Way way : ways(servers, (_, _) -> true)) {
      (Dice.permille(random, permille) ? cut : open).add(way);
    }
    return new SimFault.Partition("cut " + cut, open);
  }

  private static SimFault partition(
      String shape, List<ServerId> order, BiPredicate<Integer, Integer> isOpen) {
    return new SimFault.Partition(shape, ways(order, isOpen));
  }

  private static List<SimFault.Way> ways(
      List<ServerId> order, BiPredicate<Integer, Integer> isWanted) {
    List<SimFault.Way> ways = new ArrayList<>();
    for (int from = 0; from < order.size(); from++) {
      for (int to = 0; to < order.size(); to++) {
        if (from != to && isWanted.test(from, to)) {
          ways.add(new SimFault.Way(order.get(from), order.get(to)));
        }
      }
    }
    return ways;
  }

  private int permille() {
    return (int) Dice.between(random, 20, 400);
  }

  private static SimFault bad(Weather weather) {
    return new SimFault.BadWeather(weather);
  }

  private Weather reordering() {
    return new Weather(
        new Delay.Uniform(100 * MICRO, 30 * MILLI),
        isHeads() ? 0 : permille(),
        isHeads() ? 0 : permille(),
        permille(),
        new Delay.Uniform(200 * MILLI, 2_200 * MILLI),
        Weather.Order.BY_DELAY);
  }

  private Weather slow() {
    long mean = Dice.between(random, 5 * MILLI, 100 * MILLI);
    return new Weather(
        new Delay.LongTail(MILLI, mean, 10 * mean),
        0,
        0,
        0,
        Delay.NONE,
        isHeads() ? Weather.Order.AS_SENT : Weather.Order.BY_DELAY);
  }
}
