package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/// A choice of the next action, as a value.
///
/// Asking changes nothing but the random numbers drawn: the answer holds the generator to ask next
/// time. So the same random numbers and contexts give the same actions, whether time is simulated
/// or real, and any point of a run can be returned to.
public interface Generator {

  /// What the client in `context` should do now.
  Choice next(Context context, RandomGenerator random);

  /// What is to be done once everything is healed, after all that has been given out so far: the
  /// reads that show what was lost. Generators that are made of others ask those.
  default Generator closing() {
    return none();
  }

  /// The answer of a generator.
  sealed interface Choice {}

  /// Do `action` now; ask `rest` next.
  record Act(Action action, Generator rest) implements Choice {}

  /// Nothing now. Ask `rest` again when an operation has completed, or at `untilNanos`, whichever
  /// comes first.
  ///
  /// @param whom who would be told the same now
  record Wait(long untilNanos, Generator rest, Whom whom) implements Choice {
    public Wait(long untilNanos, Generator rest) {
      this(untilNanos, rest, Whom.ALL);
    }
  }

  /// Whom an answer is for.
  enum Whom {
    /// Every client: none need be asked.
    ALL,
    /// The one who asked.
    ONE
  }

  /// Nothing any more, for anybody.
  record Done() implements Choice {}

  /// [Wait#untilNanos] of a generator that waits for a completion, not for a time.
  long NO_TIME = Long.MAX_VALUE;

  /// Nothing at all.
  static Generator none() {
    return (context, random) -> new Done();
  }

  /// Each of `actions` once, in order.
  static Generator each(List<Action> actions) {
    return new Each(List.copyOf(actions), 0);
  }

  /// Without end, whatever `draw` makes of the random numbers.
  static Generator always(Function<RandomGenerator, Action> draw) {
    return new Always(draw);
  }

  /// Without end, `make` of 0, 1, 2 …: the way to write values that no other operation writes.
  static Generator counting(LongFunction<Action> make) {
    return new Counting(make, 0);
  }

  /// Each time one of `parts`, drawn by weight. A part that waits is passed over while another can
  /// act; one that is done leaves the mix.
  static Generator mix(List<Weighted> parts) {
    return new Mix(List.copyOf(parts), List.of());
  }

  /// A part of a [mix][#mix].
  record Weighted(int weight, Generator generator) {
    public Weighted {
      if (weight < 1) {
        throw new IllegalArgumentException("a weight is at least 1, not " + weight);
      }
    }
  }

  /// One after the other, the next as soon as the one before is done.
  static Generator concat(List<Generator> parts) {
    return new Concat(List.copyOf(parts));
  }

  /// One after the other. The next phase starts when no process is busy any more, so that nothing
  /// of a phase overlaps the next.
  static Generator phases(List<Generator> phases) {
    return new Phases(List.copyOf(phases));
  }

  /// Actions on objects that come and go as `plan` says.
  static Generator keyed(KeyPlan plan, KeyedScript script) {
    return Rotation.of(plan, script);
  }

  /// Each for clients of its own: client c has the one at place c modulo their number. Done when
  /// all are; so there have to be as many clients.
  static Generator groups(List<Generator> groups) {
    return new Groups(List.copyOf(groups), 0);
  }

  /// The first `actions` actions of this.
  default Generator limit(long actions) {
    if (actions < 0) {
      throw new IllegalArgumentException("a limit is at least 0, not " + actions);
    }
    return new Limit(actions, this);
  }

  /// This, until `timeNanos` of the run.
  default Generator until(long timeNanos) {
    return new Until(timeNanos, this);
  }

  /// This, no faster than `pace`, which begins at once. Who is late by more than a tenth of a
  /// second does not catch up with the rest.
  default Generator paced(Pace pace) {
    return new Paced(pace, 0, this);
  }

  /// This, while fewer than `busy` clients are busy.
  default Generator atMost(int busy) {
    if (busy < 1) {
      throw new IllegalArgumentException("at least 1 client may be busy, not " + busy);
    }
    return new AtMost(busy, this);
  }

  /// This, and then, when nobody is busy any more, its [closing][#closing].
  default Generator closed() {
    return new Closed(this);
  }
}
