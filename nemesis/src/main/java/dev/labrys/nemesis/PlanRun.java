package dev.labrys.nemesis;

import dev.labrys.history.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/// Plays a plan once.
///
/// Each step is told when it begins, by the plan and not by the clock, and tells when it is over:
/// so a clock that runs late makes nothing later than planned. Every step draws from a random
/// stream of its own.
final class PlanRun {

  /// A repetition takes this long, or one that takes no time would never be over.
  private static final long SHORTEST_REPETITION = 1_000_000;

  private final Plan plan;
  private final Seed seed;
  private final Stage stage;
  private final Map<String, RandomGenerator> randoms = new HashMap<>();

  /// Faults that have begun and not ended.
  private final SortedSet<Integer> open = new TreeSet<>();

  private int steps;
  private int faults;
  private boolean isOver;

  PlanRun(Plan plan, Seed seed, Stage stage) {
    this.plan = plan;
    this.seed = seed;
    this.stage = stage;
  }

  void begin() {
    long end = plan.ending().atNanos();
    if (end != Schedule.NEVER) {
      stage.at(end, this::end);
    }
    sequence(
        plan.steps(),
        0,
        0,
        time -> {
          if (end == Schedule.NEVER) {
            stage.at(time, this::end);
          }
        });
  }

  /// Ends all faults that are left. No step begins any more.
  private void end() {
    if (!isOver) {
      isOver = true;
      open.forEach(stage::end);
      open.clear();
      plan.ending().stays().forEach(stage::begin);
      stage.over();
    }
  }

  private void sequence(List<Plan.Step> sequence, int next, long time, LongConsumer then) {
    if (next == sequence.size()) {
      then.accept(time);
    } else {
      Plan.Step step = sequence.get(next);
      step(step, time, end -> sequence(sequence, next + 1, end, then));
    }
  }

  private void step(Plan.Step step, long time, LongConsumer then) {
    repeat(step, stage.watch(step.condition()), 0, Math.max(time, step.atNanos()), then);
  }

  private void repeat(Plan.Step step, Stage.Watch watch, long done, long time, LongConsumer then) {
    Plan.Repetition repetition = step.repetition();
    if (time >= repetition.untilNanos()) {
      stage.at(time, () -> then.accept(time));
      return;
    }
    stage.at(
        time,
        () -> {
          if (isOver) {
            return;
          }
          steps++;
          if (steps > Plan.MOST_STEPS) {
            stage.skip(step, "the plan has begun %d steps".formatted(Plan.MOST_STEPS));
          } else if (step.condition().equals(Condition.NOW)) {
            perform(step, watch, done, time, then);
          } else {
            await(step, watch, done, time, then);
          }
        });
  }

  private void await(Plan.Step step, Stage.Watch watch, long done, long time, LongConsumer then) {
    long patient = sum(time, step.withinNanos());
    long deadline = Math.min(patient, step.repetition().untilNanos());
    watch.await(
        deadline,
        isSeen -> {
          if (isOver) {
            return;
          }
          long now = Math.max(time, stage.nowNanos());
          if (isSeen) {
            perform(step, watch, done, now, then);
          } else {
            if (deadline == patient) {
              stage.skip(
                  step,
                  "%s was not seen within %s"
                      .formatted(step.condition(), Span.print(step.withinNanos())));
            }
            then.accept(Math.max(now, deadline));
          }
        });
  }

  private static long sum(long time, long length) {
    return length >= Schedule.NEVER - time ? Schedule.NEVER : time + length;
  }

  private void perform(
      Plan.Step step, Stage.Watch watch, long done, long start, LongConsumer then) {
    Plan.Repetition repetition = step.repetition();
    perform(
        step,
        start,
        end -> {
          if (done + 1 == repetition.times()) {
            then.accept(end);
            return;
          }
          long next =
              end + (repetition.calm() instanceof Plan.Length.Drawn calm ? draw(step, calm) : 0);
          long soonest = start + Math.max(SHORTEST_REPETITION, repetition.everyNanos());
          repeat(step, watch, done + 1, Math.max(next, soonest), then);
        });
  }

  private void perform(Plan.Step step, long time, LongConsumer then) {
    switch (step.deed()) {
      case Plan.Deed.Wait(Plan.Length.Drawn length) -> then.accept(time + draw(step, length));
      case Plan.Deed.Sequence(List<Plan.Step> parts) -> sequence(parts, 0, time, then);
      case Plan.Deed.Together(List<Plan.Step> parts) -> {
        LongConsumer joined = new Join(parts.size(), then)::arrive;
        parts.forEach(part -> step(part, time, joined));
      }
      case Plan.Deed.Mix(List<Plan.Choice> choices) -> step(draw(step, choices), time, then);
      case Plan.Deed.Trouble(List<Menace> menaces, Plan.Length.Drawn length) -> {
        long end = time + draw(step, length);
        Seed own = new Seed(random(step).nextLong());
        Schedule schedule = Menace.draw(menaces, own, end - time);
        trouble(step, schedule.steps(), 0, time, new HashMap<>());
        then.accept(end);
      }
      case Plan.Deed.Hurt hurt -> hurt(step, hurt, time, then);
    }
  }

  private void hurt(Plan.Step step, Plan.Deed.Hurt hurt, long time, LongConsumer then) {
    int number = begin(step, hurt.fault());
    switch (hurt.length()) {
      case Plan.Length.Drawn length -> {
        long end = time + draw(step, length);
        stage.at(end, () -> end(number));
        LongConsumer joined = new Join(2, then)::arrive;
        sequence(hurt.meanwhile(), 0, time, joined);
        joined.accept(end);
      }
      case Plan.Length.Until.DONE ->
          sequence(
              hurt.meanwhile(),
              0,
              time,
              end -> {
                stage.at(end, () -> end(number));
                then.accept(end);
              });
      case Plan.Length.Until.THE_END -> sequence(hurt.meanwhile(), 0, time, then);
    }
  }

  private int begin(Plan.Step step, Fault fault) {
    faults++;
    if (faults > Plan.MOST_FAULTS) {
      stage.skip(step, "the plan has begun %d faults".formatted(Plan.MOST_FAULTS));
      return -1;
    }
    int number = stage.begin(fault);
    if (!fault.isEvent()) {
      open.add(number);
    }
    return number;
  }

  private void end(int number) {
    if (open.remove(number)) {
      stage.end(number);
    }
  }

  /// @param numbers of the faults that have begun, by their entries
  private void trouble(
      Plan.Step step,
      List<Schedule.Step> schedule,
      int next,
      long start,
      Map<Integer, Integer> numbers) {
    if (next == schedule.size()) {
      return;
    }
    Schedule.Step each = schedule.get(next);
    stage.at(
        start + each.timeNanos(),
        () -> {
          if (!isOver) {
            switch (each.kind()) {
              case START -> numbers.put(each.entry(), begin(step, each.fault()));
              case HEAL -> end(numbers.getOrDefault(each.entry(), -1));
            }
            trouble(step, schedule, next + 1, start, numbers);
          }
        });
  }

  private RandomGenerator random(Plan.Step step) {
    return randoms.computeIfAbsent(step.name(), name -> seed.stream("plan " + name));
  }

  private long draw(Plan.Step step, Plan.Length.Drawn length) {
    return length.leastNanos() == length.mostNanos()
        ? length.leastNanos()
        : random(step).nextLong(length.leastNanos(), length.mostNanos() + 1);
  }

  private Plan.Step draw(Plan.Step step, List<Plan.Choice> choices) {
    int drawn = random(step).nextInt(choices.stream().mapToInt(Plan.Choice::weight).sum());
    for (Plan.Choice choice : choices) {
      drawn -= choice.weight();
      if (drawn < 0) {
        return choice.step();
      }
    }
    throw new IllegalStateException("weights that add up to less than their sum");
  }

  /// Waits for several to be over.
  private static final class Join {
    private final LongConsumer then;
    private int missing;
    private long latest;

    Join(int missing, LongConsumer then) {
      this.missing = missing;
      this.then = then;
    }

    void arrive(long time) {
      latest = Math.max(latest, time);
      missing--;
      if (missing == 0) {
        then.accept(latest);
      }
    }
  }
}
