package dev.labrys.cluster;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a deployment can do here, and why it can't do the rest.
///
/// @param denied why not, in words, for each capability that is missing
public record Capabilities(Map<Capability, String> denied) {
  public Capabilities {
    EnumMap<Capability, String> ordered = new EnumMap<>(Capability.class);
    ordered.putAll(denied);
    ordered.forEach(Capabilities::requireReason);
    denied = Collections.unmodifiableMap(ordered);
  }

  private static void requireReason(Capability capability, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("no reason is given why there is no " + capability);
    }
  }

  /// Everything is possible, as in a simulation.
  public static Capabilities all() {
    return new Capabilities(Map.of());
  }

  /// All of these but `capability`.
  public Capabilities without(Capability capability, String reason) {
    EnumMap<Capability, String> fewer = new EnumMap<>(Capability.class);
    fewer.putAll(denied);
    fewer.put(capability, reason);
    return new Capabilities(fewer);
  }

  public boolean has(Capability capability) {
    return !denied.containsKey(capability);
  }

  /// Why `capability` is missing; empty if it is there.
  public Optional<String> reasonAgainst(Capability capability) {
    return Optional.ofNullable(denied.get(capability));
  }

  /// Does nothing if `capability` is there.
  ///
  /// @throws UnsupportedOperationException if it is missing, saying why
  public void require(Capability capability) {
    String reason = denied.get(capability);
    if (reason != null) {
      throw new UnsupportedOperationException(
          "can't %s: %s".formatted(capability.meaning(), reason));
    }
  }

  /// A line for each missing capability: what can't be done, and why.
  public String explain() {
    return denied.entrySet().stream()
        .map(entry -> "can't %s: %s".formatted(entry.getKey().meaning(), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
