package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.List;

/// Something that goes wrong in a simulation for a while.
///
/// What a [dev.labrys.cluster] nemesis can do to processes is only a part of it: here the disk, the
/// clock and the very effects of a server are in our hands.
public sealed interface SimFault {

  /// What it takes hold of: two faults that hold the same thing don't happen at once.
  Hold hold();

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

  /// Cuts the links between a server and all others.
  record Isolate(Victim victim, Direction direction) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.LINKS;
    }

    @Override
    public String toString() {
      return switch (direction) {
        case BOTH -> "isolate " + victim;
        case INBOUND -> victim + " hears nobody";
        case OUTBOUND -> "nobody hears " + victim;
      };
    }
  }

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

    @Override
    public Hold hold() {
      return Hold.LINKS;
    }

    @Override
    public String toString() {
      return shape;
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
  record CutClients(Victim victim) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.CLIENTS;
    }

    @Override
    public String toString() {
      return "cut clients off " + victim;
    }
  }

  /// Changes what becomes of messages between servers.
  record BadWeather(Weather weather) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.WEATHER;
    }

    @Override
    public String toString() {
      return "weather: " + weather;
    }
  }

  /// Ends servers at once, and starts them again when it is healed.
  ///
  /// @param end how they end
  record Crash(List<Victim> victims, End end) implements SimFault {
    public Crash {
      victims = List.copyOf(victims);
    }

    @Override
    public Hold hold() {
      return Hold.PROCESS;
    }

    @Override
    public String toString() {
      return (end == End.KILL ? "kill " : "cut the power of ") + victims;
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
  record CrashAmid(Victim victim, int effects) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.PROCESS;
    }

    @Override
    public String toString() {
      return "kill " + victim + " after " + effects + " effects";
    }
  }

  /// Freezes a server.
  record Pause(Victim victim) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.PROCESS;
    }

    @Override
    public String toString() {
      return "pause " + victim;
    }
  }

  /// Lets a server's timer not fire.
  record StallTimers(Victim victim) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.TIMER;
    }

    @Override
    public String toString() {
      return "stall the timer of " + victim;
    }
  }

  /// Lets each step of a server take a while.
  record SlowDown(Victim victim, long stepNanos) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.PACE;
    }

    @Override
    public String toString() {
      return "slow " + victim + " down to " + MessageText.millis(stepNanos) + " ms a step";
    }
  }

  /// Lets a server's clock gain so many microseconds a second, or lose them if negative.
  record Drift(Victim victim, int gainPpm) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.CLOCK;
    }

    @Override
    public String toString() {
      return "let the clock of " + victim + " gain " + gainPpm + " ppm";
    }
  }

  /// Lets a server's clock jump ahead.
  record Jump(Victim victim, long nanos) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.CLOCK;
    }

    @Override
    public String toString() {
      return "let the clock of " + victim + " jump by " + MessageText.millis(nanos) + " ms";
    }
  }

  /// Lets a server's disk take so long to write.
  record SlowDisk(Victim victim, Delay latency) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.DISK;
    }

    @Override
    public String toString() {
      return "let the disk of " + victim + " take " + latency;
    }
  }

  /// Lets a server's disk finish nothing.
  record HangDisk(Victim victim) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.DISK;
    }

    @Override
    public String toString() {
      return "hang the disk of " + victim;
    }
  }

  /// Leaves a server's disk no room, which ends it as soon as it writes; it is started again when
  /// it is healed.
  record FillDisk(Victim victim) implements SimFault {
    @Override
    public Hold hold() {
      return Hold.DISK;
    }

    @Override
    public String toString() {
      return "fill the disk of " + victim;
    }
  }
}
