package dev.labrys.cluster.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Which faults there are in a plan, and how many.
///
/// Damage to what was synced is not among them: it is not healed, and a server that lost what it
/// promised has no place in its cluster any more.
///
/// @param kinds what may happen
/// @param gap from the beginning of one to that of the next
/// @param duration of each
/// @param mostAtOnce at the same time
public record FaultMix(Set<Kind> kinds, Delay gap, Delay duration, int mostAtOnce) {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final int MOST_AT_ONCE = 3;

  /// A kind of fault.
  public enum Kind {
    /// A server is cut off the others.
    ISOLATE,
    /// A server hears and is not heard, or the other way round.
    HALF_DEAF,
    /// Two parts don't hear each other.
    SPLIT,
    /// Two parts don't hear each other, but one server hears and is heard by both.
    BRIDGE,
    /// Each server hears its neighbours only.
    RING,
    /// Some links are cut, one way.
    HOLES,
    /// A server is cut off clients.
    CUT_CLIENTS,
    /// Messages get lost.
    LOSS,
    /// Messages come twice.
    DUPLICATION,
    /// Messages overtake each other, and some are very late.
    REORDERING,
    /// Messages take long.
    SLOW_NETWORK,
    /// A process is killed.
    CRASH,
    /// A process is killed in the middle of what it does.
    CRASH_AMID,
    /// A server loses power.
    POWER_LOSS,
    /// Several servers lose power at once, maybe all.
    BLACKOUT,
    /// A process is frozen.
    PAUSE,
    /// A timer fires late.
    STALL_TIMERS,
    /// A server is slow.
    SLOW_DOWN,
    /// A clock runs fast or slow, by a few percent at most.
    DRIFT,
    /// A clock jumps ahead.
    JUMP,
    /// A disk is slow.
    SLOW_DISK,
    /// A disk finishes nothing.
    HANG_DISK,
    /// A disk has no room, and its server ends.
    FULL_DISK
  }

  /// All kinds, one every two seconds on average, three at once at most.
  public static final FaultMix ALL =
      new FaultMix(
          EnumSet.allOf(Kind.class),
          new Delay.LongTail(50 * MILLI, 2 * SECOND, 20 * SECOND),
          new Delay.LongTail(20 * MILLI, 3 * SECOND, 15 * SECOND),
          MOST_AT_ONCE);

  public FaultMix {
    kinds = Set.copyOf(kinds);
    if (kinds.isEmpty() || mostAtOnce < 1) {
      throw new IllegalArgumentException("a mix without faults: leave it away");
    }
  }

  /// The same with other kinds.
  public FaultMix with(Set<Kind> changed) {
    return new FaultMix(changed, gap, duration, mostAtOnce);
  }

  /// The same with each kind left out or not, by chance: what only shows in the absence of some
  /// faults is found, too (Groce et al., "Swarm Testing", ISSTA 2012).
  public FaultMix swarm(RandomGenerator random) {
    EnumSet<Kind> some = EnumSet.noneOf(Kind.class);
    for (Kind kind : inOrder()) {
      if (Dice.below(random, 2) == 0) {
        some.add(kind);
      }
    }
    if (some.isEmpty()) {
      some.add(inOrder().get(Dice.index(random, kinds.size())));
    }
    return with(some);
  }

  List<Kind> inOrder() {
    return List.copyOf(EnumSet.copyOf(kinds));
  }
}
