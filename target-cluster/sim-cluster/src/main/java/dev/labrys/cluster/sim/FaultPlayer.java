package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Lets faults begin and end in a simulation.
///
/// A fault that finds what it wants to take hold of in the hands of another one, or nobody there to
/// be hit, does not happen.
final class FaultPlayer {
  private final Simulation simulation;
  private final SimNetwork network;
  private final Map<SimFault.Hold, TreeSet<ServerId>> held = new EnumMap<>(SimFault.Hold.class);

  FaultPlayer(Simulation simulation) {
    this.simulation = simulation;
    this.network = simulation.network();
    for (SimFault.Hold hold : SimFault.Hold.values()) {
      held.put(hold, new TreeSet<>());
    }
  }

  /// Plans them one by one, so that a long plan does not make the simulation slow.
  ///
  /// @param incidents in the order in which they begin
  void play(List<FaultPlan.Incident> incidents) {
    if (incidents.isEmpty()) {
      return;
    }
    FaultPlan.Incident first = incidents.getFirst();
    simulation.at(
        first.fromNanos(),
        () -> {
          begin(first);
          play(incidents.subList(1, incidents.size()));
        });
  }

  private void begin(FaultPlan.Incident incident) {
    SimFault fault = incident.fault();
    List<ServerId> hit = take(fault);
    if (!hit.isEmpty()) {
      simulation.announce("begins: " + text(fault, hit));
      begin(incident, hit);
      simulation.at(incident.toNanos(), () -> end(fault, hit));
    }
  }

  private String text(SimFault fault, List<ServerId> hit) {
    return hit.size() == simulation.servers().size() ? fault.text() : fault.text() + " – " + hit;
  }

  /// Whom the fault hits, from now on held by it. For what has no single victim, all or nobody.
  private List<ServerId> take(SimFault fault) {
    TreeSet<ServerId> taken = held.get(fault.hold());
    boolean isOfAll = fault.hold() == SimFault.Hold.LINKS || fault.hold() == SimFault.Hold.WEATHER;
    if (taken == null || (isOfAll && !taken.isEmpty())) {
      return List.of();
    }
    List<ServerId> hit = new ArrayList<>();
    boolean isOfRunning =
        fault.hold() == SimFault.Hold.PROCESS || fault.hold() == SimFault.Hold.TIMER;
    for (ServerId id : wanted(fault)) {
      boolean isThere = !isOfRunning || simulation.server(id).isUp();
      if (isThere && taken.add(id)) {
        hit.add(id);
      }
    }
    return hit;
  }

  private List<ServerId> wanted(SimFault fault) {
    return switch (fault) {
      case SimFault.OfOne single -> one(single.victim());
      case SimFault.Crash(List<Victim> victims, var _) ->
          victims.stream().flatMap(victim -> one(victim).stream()).toList();
      case SimFault.Partition _, SimFault.BadWeather _ -> simulation.servers();
    };
  }

  private List<ServerId> one(Victim victim) {
    Optional<ServerId> id = victim.in(simulation);
    return id.isPresent() ? List.of(id.get()) : List.of();
  }

  private void begin(FaultPlan.Incident incident, List<ServerId> hit) {
    switch (incident.fault()) {
      case SimFault.Isolate(var _, SimFault.Direction direction) ->
          hit.forEach(id -> onLinks(id, direction, network::cut));
      case SimFault.Partition(var _, List<SimFault.Way> open) -> leave(open);
      case SimFault.CutClients _ -> hit.forEach(network::cutClients);
      case SimFault.BadWeather(Weather weather) -> network.weather(weather);
      case SimFault.Crash(var _, SimFault.End end) ->
          hit.forEach(end == SimFault.End.KILL ? simulation::crash : simulation::powerLoss);
      case SimFault.CrashAmid(var _, int effects) ->
          hit.forEach(id -> simulation.crashAfter(id, effects));
      case SimFault.Pause _ -> hit.forEach(simulation::pause);
      case SimFault.StallTimers _ ->
          hit.forEach(id -> simulation.stallTimers(id, incident.toNanos() - incident.fromNanos()));
      case SimFault.SlowDown(var _, long nanos) ->
          hit.forEach(id -> simulation.slowDown(id, nanos));
      case SimFault.Drift(var _, int gainPpm) ->
          hit.forEach(id -> simulation.clock(id).drift(gainPpm));
      case SimFault.Jump(var _, long nanos) -> hit.forEach(id -> simulation.clock(id).jump(nanos));
      case SimFault.SlowDisk(var _, Delay latency) ->
          hit.forEach(id -> simulation.disk(id).latency(latency));
      case SimFault.HangDisk _ -> hit.forEach(id -> simulation.disk(id).hang());
      case SimFault.FillDisk _ -> hit.forEach(id -> simulation.disk(id).fill());
    }
  }

  private void end(SimFault fault, List<ServerId> hit) {
    simulation.announce("healed: " + text(fault, hit));
    switch (fault) {
      case SimFault.Isolate(var _, SimFault.Direction direction) ->
          hit.forEach(id -> onLinks(id, direction, network::heal));
      case SimFault.Partition _ -> everyWay(way -> network.heal(way.from(), way.to()));
      case SimFault.CutClients _ -> hit.forEach(network::healClients);
      case SimFault.BadWeather _ -> network.weather(simulation.options().weather());
      case SimFault.Crash _, SimFault.CrashAmid _ -> hit.forEach(this::startAgain);
      case SimFault.Pause _ -> hit.forEach(this::resume);
      case SimFault.StallTimers _, SimFault.Jump _ -> {}
      case SimFault.SlowDown _ -> hit.forEach(id -> simulation.slowDown(id, 0));
      case SimFault.Drift _ -> hit.forEach(id -> simulation.clock(id).drift(0));
      case SimFault.SlowDisk _ ->
          hit.forEach(id -> simulation.disk(id).latency(simulation.options().disk().latency()));
      case SimFault.HangDisk _ -> hit.forEach(id -> simulation.disk(id).resume());
      case SimFault.FillDisk _ -> hit.forEach(this::makeRoom);
    }
    TreeSet<ServerId> taken = held.get(fault.hold());
    if (taken != null) {
      taken.removeAll(hit);
    }
  }

  /// One that a full disk has ended is still down, unless somebody else will start it.
  private void makeRoom(ServerId id) {
    simulation.disk(id).makeRoom();
    TreeSet<ServerId> processes = held.get(SimFault.Hold.PROCESS);
    boolean isLeftToUs = processes == null || !processes.contains(id);
    if (isLeftToUs && !simulation.server(id).isUp()) {
      simulation.start(id);
    }
  }

  /// One that was frozen in the middle of a write may have been ended by a full disk.
  private void resume(ServerId id) {
    if (simulation.server(id).isUp()) {
      simulation.resume(id);
    } else {
      simulation.start(id);
    }
  }

  /// One that was to end amid its work, and had too little, ends now: nothing is left for later.
  private void startAgain(ServerId id) {
    if (simulation.server(id).isUp()) {
      simulation.crash(id);
    }
    if (!simulation.disk(id).isDamaged()) {
      simulation.start(id);
    }
  }

  /// What is done to a way between two servers.
  private interface OnWay {
    void at(ServerId from, ServerId to);
  }

  private void onLinks(ServerId id, SimFault.Direction direction, OnWay action) {
    for (ServerId other : simulation.servers()) {
      if (other.equals(id)) {
        continue;
      }
      if (direction != SimFault.Direction.OUTBOUND) {
        action.at(other, id);
      }
      if (direction != SimFault.Direction.INBOUND) {
        action.at(id, other);
      }
    }
  }

  private void leave(List<SimFault.Way> open) {
    everyWay(way -> network.cut(way.from(), way.to()));
    open.forEach(way -> network.heal(way.from(), way.to()));
  }

  private void everyWay(Consumer<SimFault.Way> action) {
    for (ServerId from : simulation.servers()) {
      for (ServerId to : simulation.servers()) {
        if (!from.equals(to)) {
          action.accept(new SimFault.Way(from, to));
        }
      }
    }
  }
}
