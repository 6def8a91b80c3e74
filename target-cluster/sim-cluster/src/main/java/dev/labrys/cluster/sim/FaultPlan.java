package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// What goes wrong in a simulation, and when: a value that can be printed, and played again.
public record FaultPlan(List<Incident> incidents) {
  private static final double SECOND = 1e9;
  private static final int MOST_INCIDENTS = 100_000;

  /// A fault, from its beginning until it is healed.
  record Incident(long fromNanos, long toNanos, SimFault fault) {
    Incident {
      if (fromNanos < 0 || toNanos <= fromNanos) {
        throw new IllegalArgumentException(
            "a fault ends after it has begun, not from %d to %d ns".formatted(fromNanos, toNanos));
      }
    }

    @Override
    public String toString() {
      return MessageText.say(
          "%.3f s to %.3f s: %s", fromNanos / SECOND, toNanos / SECOND, fault.text());
    }
  }

  public FaultPlan {
    List<Incident> ordered = new ArrayList<>(incidents);
    ordered.sort(Comparator.comparingLong(Incident::fromNanos));
    incidents = List.copyOf(ordered);
  }

  /// A plan drawn from `random`: faults like `mix` from `fromNanos` on, all healed by `toNanos`.
  public static FaultPlan draw(
      FaultMix mix, List<ServerId> servers, RandomGenerator random, long fromNanos, long toNanos) {
    FaultDraw draw = new FaultDraw(servers, random);
    List<FaultMix.Kind> kinds = mix.inOrder();
    List<Incident> drawn = new ArrayList<>();
    long from = fromNanos + mix.gap().draw(random);
    while (from < toNanos && drawn.size() < MOST_INCIDENTS) {
      SimFault fault = draw.draw(kinds.get(Dice.index(random, kinds.size())));
      long to = Math.min(toNanos, from + Math.max(1, mix.duration().draw(random)));
      if (countAt(drawn, from) < mix.mostAtOnce()) {
        drawn.add(new Incident(from, to, fault));
      }
      from += Math.max(1, mix.gap().draw(random));
    }
    return new FaultPlan(drawn);
  }

  private static long countAt(List<Incident> incidents, long time) {
    return incidents.stream().filter(incident -> incident.toNanos() > time).count();
  }

  /// When the last fault is healed; 0 if there is none.
  public long endNanos() {
    return incidents.stream().mapToLong(Incident::toNanos).max().orElse(0);
  }

  /// Lets all of it happen in `simulation`, where none of it has begun.
  public void play(Simulation simulation) {
    new FaultPlayer(simulation).play(incidents);
  }

  @Override
  public String toString() {
    return incidents.stream().map(Incident::toString).collect(Collectors.joining("\n"));
  }
}
