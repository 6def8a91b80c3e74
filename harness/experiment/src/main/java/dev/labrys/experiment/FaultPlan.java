package dev.labrys.experiment;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Fault;
import dev.labrys.nemesis.Feasible;
import dev.labrys.nemesis.Menace;
import dev.labrys.nemesis.Nemesis;
import dev.labrys.nemesis.Plan;
import dev.labrys.nemesis.Schedule;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// What is to go wrong in a run, as far as its cluster can be hurt that way.
sealed interface FaultPlan {

  /// For all that is possible here.
  String AUTO = "auto";

  /// A plan is told from a schedule by its first word.
  Pattern PLAN = Pattern.compile("^\\s*plan\\s*:", Pattern.MULTILINE);

  /// What is wrong with a run whose plan needs more time.
  String NOT_OVER =
      "the plan of faults was not over when everything was healed: give the run more time";

  /// What is wrong with a run that somebody had enough of.
  String ENDED_EARLY = "the run was ended early";

  /// Whether all of it is known before.
  default boolean isFixed() {
    return this instanceof Fixed;
  }

  /// A sentence for each kind of trouble that is not possible here.
  List<String> omitted();

  /// Has it done.
  ///
  /// @param operations asked by any thread how many have been completed
  /// @param over told that it is over, and what is to be healed is being healed; not told where
  ///   that is not planned
  void play(Nemesis nemesis, LongSupplier operations, Runnable over);

  /// Times and faults that are known before.
  record Fixed(Schedule schedule, List<String> omitted) implements FaultPlan {
    @Override
    public void play(Nemesis nemesis, LongSupplier operations, Runnable over) {
      nemesis.play(schedule);
    }
  }

  /// Steps that may depend on what is seen.
  record Planned(Plan plan, Seed seed) implements FaultPlan {
    @Override
    public List<String> omitted() {
      return List.of();
    }

    @Override
    public void play(Nemesis nemesis, LongSupplier operations, Runnable over) {
      nemesis.play(plan, seed, operations, over);
    }
  }

  /// What `experiment` asks for.
  ///
  /// @throws IllegalArgumentException if it can't be read
  /// @throws UnsupportedOperationException if something is asked for that this cluster can't do
  static FaultPlan of(Experiment experiment, Capabilities capabilities) {
    Experiment.Trouble asked = experiment.trouble();
    Seed seed = new Seed(experiment.seed());
    if (!asked.schedule().isEmpty()) {
      return read(asked.schedule(), seed, capabilities);
    }
    if (asked.faults().isEmpty()) {
      return new Fixed(new Schedule(List.of()), List.of());
    }
    boolean isAuto = asked.faults().equals(AUTO);
    Feasible feasible = Feasible.of(menaces(asked.faults()), capabilities);
    if (!isAuto) {
      Feasible.requireNone(feasible.leftOut());
    }
    return new Fixed(
        Menace.draw(feasible.menaces(), seed, experiment.calmNanos()),
        feasible.leftOut().stream().map(each -> "left out: " + each).toList());
  }

  private static FaultPlan read(String text, Seed seed, Capabilities capabilities) {
    if (PLAN.matcher(text).find()) {
      Plan plan = Plan.parse(text);
      require(plan.faults(), capabilities);
      return new Planned(plan, seed);
    }
    Schedule schedule = Schedule.parse(text);
    require(schedule.entries().stream().map(Schedule.Entry::fault).toList(), capabilities);
    return new Fixed(schedule, List.of());
  }

  private static void require(Collection<Fault> faults, Capabilities capabilities) {
    Feasible.requireNone(Feasible.leftOut(faults, capabilities));
  }

  /// What a cluster must be able to do for all that is asked for.
  static Set<Capability> needs(Experiment experiment) {
    Experiment.Trouble asked = experiment.trouble();
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    if (asked.schedule().isEmpty()) {
      menaces(asked.faults()).forEach(menace -> needs.addAll(menace.needs()));
    } else if (PLAN.matcher(asked.schedule()).find()) {
      Plan.parse(asked.schedule()).faults().forEach(fault -> needs.addAll(fault.needs()));
    } else {
      Schedule.parse(asked.schedule())
          .entries()
          .forEach(entry -> needs.addAll(entry.fault().needs()));
    }
    return needs;
  }

  /// How long the load goes on once all is healed.
  static long calmNanos(Experiment experiment) {
    String schedule = experiment.trouble().schedule();
    long usual = experiment.load().time().toNanos() - experiment.calmNanos();
    return PLAN.matcher(schedule).find()
        ? Math.max(usual, Plan.parse(schedule).ending().calmNanos())
        : usual;
  }

  /// By which of several means a cluster does something that is asked for, a sentence each.
  static List<String> means(Experiment experiment, Capabilities capabilities) {
    Set<Capability> needs = needs(experiment);
    return capabilities.means().keySet().stream()
        .filter(needs::contains)
        .map(each -> "can " + capabilities.describe(each))
        .toList();
  }

  private static List<Menace> menaces(String faults) {
    if (faults.isEmpty()) {
      return List.of();
    }
    // What a server has stored and promised is no system's to lose: who wants that has to say so.
    return faults.equals(AUTO)
        ? Menace.every().stream()
            .filter(menace -> !menace.name().toString().equals("files"))
            .toList()
        : Menace.parse(faults);
  }

  private static void requireFitting(Experiment experiment, Schedule schedule) {
    if (schedule.entries().isEmpty()) {
      throw new IllegalArgumentException("the schedule has no fault; --faults none asks for none");
    }
    Set<String> nodes = new TreeSet<>();
    for (int number = 1; number <= experiment.cluster().nodes(); number++) {
      nodes.add(NodeId.numbered(number).name());
    }
    for (Schedule.Entry entry : schedule.entries()) {
      if (entry.startNanos() >= experiment.calmNanos()) {
        throw new IllegalArgumentException(
            "everything is healed after %d s of %d, and the fault %s begins later: give more time"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(experiment.calmNanos()),
                    experiment.load().time().toSeconds(),
                    entry));
      }
      entry
          .fault()
          .hit()
          .forEach(node -> {
            if (!nodes.contains(node.name())) {
              throw new IllegalArgumentException(
                  "the fault %s hits %s, and there are %s".formatted(entry, node, nodes));
            }
          });
    }
  }

  /// Makes sure that it can be read and done, before anything is started for it.
  ///
  /// @return a sentence for each kind of trouble that is left out
  /// @throws IllegalArgumentException if it can't be read
  /// @throws UnsupportedOperationException if something is asked for that can't be done here
  /// @throws IOException if there is no engine for containers, saying why
  static List<String> check(Experiment experiment) throws IOException {
    // Whatever can't be read is not worth a look at the machine.
    FaultPlan anywhere = of(experiment, Capabilities.all());
    if (!experiment.trouble().schedule().isEmpty()
        && anywhere instanceof Fixed(Schedule schedule, List<String> _)) {
      requireFitting(experiment, schedule);
    }
    return needs(experiment).isEmpty()
        ? List.of()
        : of(experiment, Prospects.of(experiment.cluster())).omitted();
  }
}
