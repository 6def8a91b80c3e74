package dev.labrys.nemesis;

import dev.labrys.cluster.Capabilities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What of some trouble a deployment can cause on this machine, and why not the rest.
///
/// @param menaces what it can, in order
public record Feasible(List<Menace> menaces, List<LeftOut> leftOut) {

  /// Something that can't be done here.
  ///
  /// @param what a kind of trouble, or a fault
  /// @param why in words
  public record LeftOut(String what, String why) {
    @Override
    public String toString() {
      return what + ": " + why;
    }
  }

  public Feasible {
    menaces = List.copyOf(menaces);
    leftOut = List.copyOf(leftOut);
  }

  /// Of these kinds of trouble.
  public static Feasible of(List<Menace> menaces, Capabilities capabilities) {
    List<Menace> possible = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Menace menace : menaces) {
      menace.possible(capabilities).ifPresent(possible::add);
      List<LeftOut> faults = leftOut(menace.faults(), capabilities);
      if (faults.size() < menace.faults().stream().distinct().count()) {
        leftOut.addAll(faults);
      } else {
        String why = faults.stream().map(LeftOut::why).distinct().collect(Collectors.joining("; "));
        leftOut.add(new LeftOut(menace.name().toString(), why));
      }
    }
    return new Feasible(possible, leftOut);
  }

  /// What can't be done here of these faults: those of a plan, or of a schedule.
  public static List<LeftOut> leftOut(Collection<Fault> faults, Capabilities capabilities) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Fault fault : faults) {
      String why =
          fault.needs().stream()
              .flatMap(need ->
                  capabilities
                      .reasonAgainst(need)
                      .map(reason -> "can't %s: %s".formatted(need.meaning(), reason))
                      .stream())
              .sorted()
              .collect(Collectors.joining("; "));
      if (!why.isEmpty()) {
        reasons.put(fault.text(), why);
      }
    }
    return reasons.entrySet().stream()
        .map(each -> new LeftOut(each.getKey(), each.getValue()))
        .toList();
  }

  /// Does nothing if nothing is left out.
  ///
  /// @throws UnsupportedOperationException if something is, saying what and why
  public static void requireNone(List<LeftOut> leftOut) {
    if (!leftOut.isEmpty()) {
      throw new UnsupportedOperationException(
          leftOut.stream().map(LeftOut::toString).collect(Collectors.joining("\n")));
    }
  }
}
