package dev.labrys.nemesis;

import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What goes wrong as a program: steps one after another, beside each other, again and again, at
/// random, or when something is seen.
///
/// Its meaning is a function of the plan, of a seed, and of what is seen. One that waits for
/// nothing to be seen is short for a [Schedule].
///
/// As text it is YAML; see the guide of faults.
public record Plan(List<Step> steps, Ending ending) {

  /// Faults and steps beyond these numbers are not begun any more.
  static final int MOST_FAULTS = Schedule.MOST_ENTRIES;

  static final int MOST_STEPS = 10 * MOST_FAULTS;

  public Plan {
    steps = List.copyOf(steps);
  }

  /// Reads what users write.
  ///
  /// @throws IllegalArgumentException naming the line that can't be read, and what was expected
  public static Plan parse(String yaml) {
    return PlanReader.read(yaml);
  }

  /// Something to do, and when.
  ///
  /// @param name where it stands in the plan: `2`, `2.1`
  /// @param line in the file
  /// @param atNanos not before this time of the run
  /// @param condition for which it waits, before each repetition
  /// @param withinNanos how long it waits; then it is skipped
  public record Step(
      String name,
      int line,
      long atNanos,
      Condition condition,
      long withinNanos,
      Repetition repetition,
      Deed deed) {}

  /// How often something is done.
  ///
  /// @param times at most
  /// @param untilNanos none begins at this time of the run or later
  /// @param everyNanos from the start of one to the start of the next, at least
  /// @param calm from the end of one to the start of the next
  public record Repetition(long times, long untilNanos, long everyNanos, Length calm) {}

  /// A length of time, drawn anew each time.
  public sealed interface Length {

    /// No time at all.
    Length NONE = new Drawn(0, 0);

    /// From `leastNanos` to `mostNanos`, both included.
    record Drawn(long leastNanos, long mostNanos) implements Length {
      public Drawn {
        if (leastNanos < 0 || mostNanos < leastNanos || mostNanos > Schedule.Range.LONGEST_NANOS) {
          throw new IllegalArgumentException(
              "a length of time goes from 0s or more up to %s at most, not from %s to %s"
                  .formatted(
                      Span.print(Schedule.Range.LONGEST_NANOS),
                      Span.print(leastNanos),
                      Span.print(mostNanos)));
        }
      }
    }

    /// Until something that is said elsewhere.
    enum Until implements Length {
      /// What is done meanwhile is over.
      DONE,
      /// The plan ends.
      THE_END
    }
  }

  /// What a step does.
  public sealed interface Deed {

    /// A fault, and steps that begin when it does. It is over when both are.
    record Hurt(Fault fault, Length length, List<Step> meanwhile) implements Deed {
      public Hurt {
        meanwhile = List.copyOf(meanwhile);
      }
    }

    /// Nothing.
    record Wait(Length.Drawn length) implements Deed {}

    /// Steps one after another.
    record Sequence(List<Step> steps) implements Deed {
      public Sequence {
        steps = List.copyOf(steps);
      }
    }

    /// Steps that begin at the same time. It is over when all are.
    record Together(List<Step> steps) implements Deed {
      public Together {
        steps = List.copyOf(steps);
      }
    }

    /// One of several, drawn each time.
    record Mix(List<Choice> choices) implements Deed {
      public Mix {
        choices = List.copyOf(choices);
      }
    }

    /// Kinds of trouble, each at its own times, for so long.
    record Trouble(List<Menace> menaces, Length.Drawn length) implements Deed {
      public Trouble {
        menaces = List.copyOf(menaces);
      }
    }
  }

  /// A step that is drawn as often as `weight` says, among others.
  public record Choice(int weight, Step step) {}

  /// How a plan ends: all of its faults do, and then the cluster must recover.
  ///
  /// @param atNanos when, at the latest; else when all steps are over
  /// @param stays faults that begin then and stay for good: those they don't hit must go on
  /// @param calmNanos how long the run goes on after that, at least
  public record Ending(long atNanos, List<Fault> stays, long calmNanos) {
    static final Ending USUAL = new Ending(Schedule.NEVER, List.of(), 0);

    public Ending {
      stays = List.copyOf(stays);
    }

    /// Does nothing if those that no fault hits are a majority of so many nodes, whoever is drawn.
    ///
    /// @throws IllegalArgumentException if they may be fewer
    void requireMajority(int nodes) {
      int hit = stays.stream().mapToInt(fault -> Aim.most(fault, nodes)).sum();
      if (hit > 0 && nodes - hit <= nodes / 2) {
        throw new IllegalArgumentException(
            "what stays may hit %d of %d nodes, and leaves no majority".formatted(hit, nodes));
      }
    }
  }

  /// All faults that it may begin.
  public Set<Fault> faults() {
    Set<Fault> faults = new LinkedHashSet<>();
    steps.forEach(step -> add(step, faults));
    faults.addAll(ending.stays());
    return faults;
  }

  private static void add(Step step, Set<Fault> faults) {
    if (step.deed() instanceof Deed.Hurt(Fault fault, Length _, List<Step> _)) {
      faults.add(fault);
    } else if (step.deed() instanceof Deed.Trouble(List<Menace> menaces, Length.Drawn _)) {
      menaces.forEach(menace -> faults.addAll(menace.faults()));
    }
    parts(step.deed()).forEach(part -> add(part, faults));
  }

  private static List<Step> parts(Deed deed) {
    return switch (deed) {
      case Deed.Hurt(Fault _, Length _, List<Step> meanwhile) -> meanwhile;
      case Deed.Sequence(List<Step> steps) -> steps;
      case Deed.Together(List<Step> steps) -> steps;
      case Deed.Mix(List<Choice> choices) -> choices.stream().map(Choice::step).toList();
      case Deed.Wait _, Deed.Trouble _ -> List.of();
    };
  }

  /// Whether all of it is known before the run: it waits for nothing to be seen.
  public boolean isFixed() {
    return steps.stream().allMatch(Plan::isFixed);
  }

  private static boolean isFixed(Step step) {
    return step.condition().equals(Condition.NOW)
        && parts(step.deed()).stream().allMatch(Plan::isFixed);
  }

  /// What it does with `seed`, if it [is fixed][#isFixed].
  ///
  /// @throws IllegalStateException if it is not
  public Schedule schedule(Seed seed) {
    if (!isFixed()) {
      throw new IllegalStateException("what this plan does depends on what it sees");
    }
    PaperStage stage = new PaperStage();
    new PlanRun(this, seed, stage).begin();
    return stage.finish();
  }

  /// The faults of a step, to say what did not happen.
  static List<Fault> faultsOf(Step step) {
    Set<Fault> faults = new LinkedHashSet<>();
    add(step, faults);
    return new ArrayList<>(faults);
  }
}
