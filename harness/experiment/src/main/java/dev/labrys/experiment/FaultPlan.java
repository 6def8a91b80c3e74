package dev.labrys.experiment;

import dev.labrys.cluster.Capabilities;
import dev.labrys.history.Seed;
import dev.labrys.nemesis.Menace;
import dev.labrys.nemesis.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to go wrong in a run, as far as its cluster can be hurt that way.
///
/// @param omitted a sentence for each kind of trouble that is not possible here
record FaultPlan(Schedule schedule, List<String> omitted) {
  private static final String AUTO = "auto";
  private static final String ALL = "partition,clients,latency,kill,restart,pause,stall,power,disk,clock";

  /// @throws IllegalArgumentException if something is asked for that this cluster can't do
  static FaultPlan of(Experiment experiment, Capabilities capabilities) {
    Experiment.Trouble asked = experiment.trouble();
    if (!asked.schedule().isEmpty()) {
      return new FaultPlan(Schedule.parse(asked.schedule()), List.of());
    }
    if (asked.faults().isEmpty()) {
      return new FaultPlan(new Schedule(List.of()), List.of());
    }
    boolean isAuto = asked.faults().equals(AUTO);
    List<Menace> possible = new ArrayList<>();
    List<String> omitted = new ArrayList<>();
    for (Menace menace : Menace.parse(isAuto ? ALL : asked.faults())) {
      Optional<Menace> part = menace.possible(capabilities);
      part.ifPresent(possible::add);
      if (part.isEmpty()) {
        omitted.add("%s is left out: %s".formatted(menace.name(), reasons(menace, capabilities)));
      }
    }
    if (!isAuto && !omitted.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("; ", omitted) + "; --faults auto takes what is possible");
    }
    Schedule schedule =
        Menace.draw(possible, new Seed(experiment.seed()), experiment.calmNanos());
    return new FaultPlan(schedule, omitted);
  }

  private static String reasons(Menace menace, Capabilities capabilities) {
    return String.join(
        "; ",
        menace.needs().stream()
            .flatMap(need -> capabilities.reasonAgainst(need).stream())
            .distinct()
            .toList());
  }
}
