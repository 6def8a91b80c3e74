package dev.labrys.cluster.sim;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a simulation is made of; changed one by one with the methods named `with…`.
///
/// @param servers how many there are, those that are to join later included
/// @param stored what each finds on its disk when it first starts
/// @param raft how they behave
/// @param replicas what they are
/// @param machines what they replicate
/// @param weather the network between servers
/// @param clientWeather the network between clients and servers
/// @param disk what every server's disk is like
/// @param observers who sees everything, in this order
public record SimulationOptions(
    int servers,
    Function<ServerId, Stored> stored,
    RaftOptions raft,
    ReplicaFactory replicas,
    Supplier<StateMachine> machines,
    Courier weather,
    Courier clientWeather,
    DiskProfile disk,
    List<Observer> observers) {
  private static final int MOST_SERVERS = 99;

  public SimulationOptions {
    if (servers < 1 || servers > MOST_SERVERS) {
      throw new IllegalArgumentException(
          "a simulation has 1 to %d servers, not %d".formatted(MOST_SERVERS, servers));
    }
    observers = List.copyOf(observers);
  }

  /// `servers` servers that run Raft, in fair weather.
  public static SimulationOptions of(int servers, Supplier<StateMachine> machines) {
    return new SimulationOptions(
        servers,
        among(Configuration.ofVoters(servers)),
        RaftOptions.DEFAULTS,
        ReplicaFactory.RAFT,
        machines,
        Weather.FAIR,
        Weather.FAIR,
        DiskProfile.SOLID,
        List.of());
  }

  private static Function<ServerId, Stored> among(Configuration cluster) {
    Stored member = Stored.initial(cluster);
    Stored stranger = Stored.initial(Configuration.NONE);
    return id -> cluster.isMember(id) ? member : stranger;
  }

  /// With a cluster of some of the servers; the others know of no cluster.
  public SimulationOptions withCluster(Configuration cluster) {
    return withStored(among(cluster));
  }

  public SimulationOptions withStored(Function<ServerId, Stored> changed) {
    return new SimulationOptions(
        servers, changed, raft, replicas, machines, weather, clientWeather, disk, observers);
  }

  public SimulationOptions withRaft(RaftOptions changed) {
    return new SimulationOptions(
        servers, stored, changed, replicas, machines, weather, clientWeather, disk, observers);
  }

  public SimulationOptions withReplicas(ReplicaFactory changed) {
    return new SimulationOptions(
        servers, stored, raft, changed, machines, weather, clientWeather, disk, observers);
  }

  public SimulationOptions withWeather(Courier changed) {
    return new SimulationOptions(
        servers, stored, raft, replicas, machines, changed, clientWeather, disk, observers);
  }

  public SimulationOptions withClientWeather(Courier changed) {
    return new SimulationOptions(
        servers, stored, raft, replicas, machines, weather, changed, disk, observers);
  }

  public SimulationOptions withDisk(DiskProfile changed) {
    return new SimulationOptions(
        servers, stored, raft, replicas, machines, weather, clientWeather, changed, observers);
  }

  /// With one more observer.
  public SimulationOptions withObserver(Observer added) {
    List<Observer> more = new ArrayList<>(observers);
    more.add(added);
    return new SimulationOptions(
        servers, stored, raft, replicas, machines, weather, clientWeather, disk, more);
  }
}
