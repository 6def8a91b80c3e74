package dev.labrys.cluster;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a deployment can do here, and why it can't do the rest.
///
/// What is in neither of the two, the deployment can do on no machine.
///
/// @param found what was seen to work
/// @param means by what, in words, for each capability of these for which there are several ways
/// @param denied why not, in words, for each capability that this machine lacks
public record Capabilities(
    Set<Capability> found, Map<Capability, String> means, Map<Capability, String> denied) {
  private static final String NOWHERE = "this kind of cluster can't, on any machine";

  public Capabilities {
    EnumMap<Capability, String> ordered = copy(denied);
    ordered.forEach(Capabilities::requireReason);
    denied = Collections.unmodifiableMap(ordered);
    EnumSet<Capability> possible = EnumSet.noneOf(Capability.class);
    possible.addAll(found);
    if (ordered.keySet().stream().anyMatch(possible::contains)) {
      throw new IllegalArgumentException(
          "a capability is there or is not: %s and %s".formatted(possible, ordered));
    }
    found = Collections.unmodifiableSet(possible);
    EnumMap<Capability, String> known = copy(means);
    known.keySet().retainAll(possible);
    means = Collections.unmodifiableMap(known);
  }

  private static EnumMap<Capability, String> copy(Map<Capability, String> texts) {
    EnumMap<Capability, String> copy = new EnumMap<>(Capability.class);
    copy.putAll(texts);
    return copy;
  }

  private static void requireReason(Capability capability, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("no reason is given why there is no " + capability);
    }
  }

  /// Nothing is possible but starting, stopping and killing.
  public static Capabilities none() {
    return new Capabilities(Set.of(), Map.of(), Map.of());
  }

  /// Everything is possible, as in a simulation.
  public static Capabilities all() {
    return new Capabilities(EnumSet.allOf(Capability.class), Map.of(), Map.of());
  }

  /// These and `capability`.
  public Capabilities with(Capability capability) {
    EnumSet<Capability> more = EnumSet.of(capability);
    more.addAll(found);
    EnumMap<Capability, String> fewer = copy(denied);
    fewer.remove(capability);
    return new Capabilities(more, means, fewer);
  }

  /// These and `capability`, by one of several means.
  ///
  /// @param way in words
  public Capabilities with(Capability capability, String way) {
    EnumMap<Capability, String> more = copy(means);
    more.put(capability, way);
    Capabilities all = with(capability);
    return new Capabilities(all.found, more, all.denied);
  }

  /// These and `others`.
  public Capabilities with(Set<Capability> others) {
    Capabilities more = this;
    for (Capability each : others) {
      more = more.with(each);
    }
    return more;
  }

  /// These and `others`, which know better.
  public Capabilities with(Capabilities others) {
    Capabilities more = with(others.found);
    for (Map.Entry<Capability, String> each : others.means.entrySet()) {
      more = more.with(each.getKey(), each.getValue());
    }
    for (Map.Entry<Capability, String> each : others.denied.entrySet()) {
      more = more.without(each.getKey(), each.getValue());
    }
    return more;
  }

  /// These but `capability`, which is missing here.
  public Capabilities without(Capability capability, String reason) {
    EnumSet<Capability> fewer = EnumSet.noneOf(Capability.class);
    fewer.addAll(found);
    fewer.remove(capability);
    EnumMap<Capability, String> more = copy(denied);
    more.put(capability, reason);
    return new Capabilities(fewer, means, more);
  }

  /// These and what a probe of `capability` came to.
  ///
  /// @param complaint why it does not work here; empty if it was seen to work
  public Capabilities probed(Capability capability, Optional<String> complaint) {
    return complaint.map(reason -> without(capability, reason)).orElseGet(() -> with(capability));
  }

  public boolean has(Capability capability) {
    return found.contains(capability);
  }

  /// What `capability` does and, if there are several ways, by what.
  public String describe(Capability capability) {
    String way = means.get(capability);
    return way == null ? capability.meaning() : capability.meaning() + ", by " + way;
  }

  /// Why `capability` is missing; empty if it is there.
  public Optional<String> reasonAgainst(Capability capability) {
    return has(capability)
        ? Optional.empty()
        : Optional.of(denied.getOrDefault(capability, NOWHERE));
  }

  /// Makes sure of a capability.
  ///
  /// @throws UnsupportedOperationException if it is missing, saying why
  public void require(Capability capability) {
    Optional<String> reason = reasonAgainst(capability);
    if (reason.isPresent()) {
      throw new UnsupportedOperationException(
          "can't %s: %s".formatted(capability.meaning(), reason.get()));
    }
  }

  /// A line for each capability that is missing on this machine: what can't be done, and why.
  public String explain() {
    return denied.entrySet().stream()
        .map(entry -> "can't %s: %s".formatted(entry.getKey().meaning(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
