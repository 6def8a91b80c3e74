package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.List;

/// Something that goes wrong in a simulation for a while.
///
/// What a [dev.labrys.cluster] nemesis can do to processes is only a part of it: here the disk, the
/// clock and the very effects of a server are in our hands.
sealed interface SimFault {

  /// One that hits one server.
  sealed interface OfOne extends SimFault {
    Victim victim();
  }

  /// Cuts the links between a server and all others.
  record Isolate(Victim victim, Direction direction) implements OfOne {}

  /// Which messages an isolated server misses.
  enum Direction {
    /// Neither is it heard nor does it hear.
    BOTH,
    /// It is heard and does not hear.
    INBOUND,
    /// It hears and is not heard.
    OUTBOUND
  }

  /// Leaves only some links open.
  ///
  /// @param shape in words
  /// @param open those that stay, one way each
  record Partition(String shape, List<Way> open) implements SimFault {
    public Partition {
      open = List.copyOf(open);
    }
  }

  /// One way between two servers.
  record Way(ServerId from, ServerId to) {
    @Override
    public String toString() {
      return from + ">" + to;
    }
  }

  /// Cuts the links between a server and all clients.
  record CutClients(Victim victim) implements OfOne {}

  /// Changes what becomes of messages between servers.
  record BadWeather(Weather weather) implements SimFault {}

  /// Ends servers at once, and starts them again when it is healed.
  ///
  /// @param end how they end
  record Crash(List<Victim> victims, End end) implements SimFault {
    public Crash {
      victims = List.copyOf(victims);
    }
  }

  /// How a server ends.
  enum End {
    /// Its process is killed.
    KILL,
    /// Its machine loses power.
    POWER_LOSS
  }

  /// Ends a server as soon as it has performed some effects more, and starts it again when it is
  /// healed.
  record CrashAmid(Victim victim, int effects) implements OfOne {}

  /// Freezes a server.
  record Pause(Victim victim) implements OfOne {}

  /// Lets a server's timer not fire.
  record StallTimers(Victim victim) implements OfOne {}

  /// Lets each step of a server take a while.
  record SlowDown(Victim victim, long stepNanos) implements OfOne {}

  /// Lets a server's clock gain so many microseconds a second, or lose them if negative.
  record Drift(Victim victim, int gainPpm) implements OfOne {}

  /// Lets a server's clock jump ahead.
  record Jump(Victim victim, long nanos) implements OfOne {}

  /// Lets a server's disk take so long to write.
  record SlowDisk(Victim victim, Delay latency) implements OfOne {}

  /// Lets a server's disk finish nothing.
  record HangDisk(Victim victim) implements OfOne {}

  /// Leaves a server's disk no room, which ends it as soon as it writes; it is started again when
  /// it is healed.
  record FillDisk(Victim victim) implements OfOne {}

  /// What it takes hold of: two faults that hold the same thing don't happen at once.
  default Hold hold() {
    return switch (this) {
      case Isolate _, Partition _ -> Hold.LINKS;
      case BadWeather _ -> Hold.WEATHER;
      case CutClients _ -> Hold.CLIENTS;
      case Crash _, CrashAmid _, Pause _ -> Hold.PROCESS;
      case StallTimers _ -> Hold.TIMER;
      case SlowDown _ -> Hold.PACE;
      case Drift _, Jump _ -> Hold.CLOCK;
      case SlowDisk _, HangDisk _, FillDisk _ -> Hold.DISK;
    };
  }

  /// What a fault can take hold of.
  enum Hold {
    /// The links between servers.
    LINKS,
    /// The weather on them.
    WEATHER,
    /// A server's links to clients.
    CLIENTS,
    /// A server's process.
    PROCESS,
    /// A server's timer.
    TIMER,
    /// A server's pace.
    PACE,
    /// A server's clock.
    CLOCK,
    /// A server's disk.
    DISK
  }

  /// For people.
  default String text() {
    return switch (this) {
      case Isolate(Victim victim, Direction direction) ->
          switch (direction) {
            case BOTH -> "isolate " + victim;
            case INBOUND -> victim + " hears nobody";
            case OUTBOUND -> "nobody hears " + victim;
          };
      case Partition(String shape, var _) -> shape;
      case CutClients(Victim victim) -> "cut clients off " + victim;
      case BadWeather(Weather weather) -> "weather: " + weather;
      case Crash(List<Victim> victims, End end) ->
          (end == End.KILL ? "kill " : "cut the power of ") + victims;
      case CrashAmid(Victim victim, int effects) ->
          MessageText.say("kill %s after %d effects", victim, effects);
      case Pause(Victim victim) -> "pause " + victim;
      case StallTimers(Victim victim) -> "stall the timer of " + victim;
      case SlowDown(Victim victim, long stepNanos) ->
          MessageText.say("slow %s down to %s ms a step", victim, MessageText.millis(stepNanos));
      case Drift(Victim victim, int gainPpm) ->
          MessageText.say("let the clock of %s gain %d ppm", victim, gainPpm);
      case Jump(Victim victim, long nanos) ->
          MessageText.say("let the clock of %s jump by %s ms", victim, MessageText.millis(nanos));
      case SlowDisk(Victim victim, Delay latency) ->
          MessageText.say("let the disk of %s take %s", victim, latency);
      case HangDisk(Victim victim) -> "hang the disk of " + victim;
      case FillDisk(Victim victim) -> "fill the disk of " + victim;
    };
  }
}
