package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;

/// A replica that does what a test says, and remembers what it was told.
final class Puppet implements Replica {
  static final ServerId N1 = new ServerId(1);
  static final ServerId N2 = new ServerId(2);
  static final ServerId N3 = new ServerId(3);
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  /// A network that takes a millisecond for everything.
  static final Weather STEADY =
      new Weather(new Delay.Fixed(MILLI), 0, 0, 0, Delay.NONE, Weather.Order.AS_SENT);

  /// A disk that takes ten.
  static final DiskProfile TEN_MILLIS = new DiskProfile(new Delay.Fixed(10 * MILLI), SECOND);

  final ServerId id;
  final Stored stored;
  final List<Told> told = new ArrayList<>();
  private final Strings strings;

  /// What a puppet does.
  interface Strings {
    List<Effect> pulled(Puppet puppet, long nowNanos, Input input);
  }

  /// What it was told, and what its clock showed then.
  record Told(long nowNanos, Input input) {}

  private Puppet(ServerId id, Stored stored, Strings strings) {
    this.id = id;
    this.stored = stored;
    this.strings = strings;
  }

  /// A simulation of puppets on strings.
  static SimulationOptions options(int servers, Strings strings) {
    return SimulationOptions.of(servers, Echo::new)
        .withReplicas((id, _, stored, _) -> new Puppet(id, stored, strings))
        .withWeather(STEADY)
        .withClientWeather(STEADY)
        .withDisk(TEN_MILLIS);
  }

  static Simulation simulation(int servers, Strings strings) {
    return Simulation.of(options(servers, strings), new Seed(1));
  }

  /// The puppet that `server` is in this life.
  static Puppet at(Simulation simulation, ServerId server) {
    return (Puppet) simulation.server(server).replica();
  }

  /// The inputs of one kind.
  <T extends Input> List<T> told(Class<T> kind) {
    return told.stream().map(Told::input).filter(kind::isInstance).map(kind::cast).toList();
  }

  /// A message that can be told from others by its term.
  static Message message(long term) {
    return new Message.TimeoutNow(term);
  }

  static Effect.Persist persist(long term, Entry... entries) {
    return new Effect.Persist(new HardState(term, ServerId.NOBODY), List.of(entries));
  }

  static Entry entry(long index, long term) {
    return new Entry(index, term, new Content.Command(Bytes.of("x" + index)));
  }

  @Override
  public List<Effect> step(long nowNanos, Input input) {
    told.add(new Told(nowNanos, input));
    return strings.pulled(this, nowNanos, input);
  }

  @Override
  public Status status() {
    return new Status(
        id,
        Status.RoleName.FOLLOWER,
        0,
        ServerId.NOBODY,
        ServerId.NOBODY,
        0,
        0,
        LogPosition.ZERO,
        Configuration.NONE);
  }

  @Override
  public LogView log() {
    return new LogView() {
      @Override
      public LogPosition snapshot() {
        return LogPosition.ZERO;
      }

      @Override
      public LogPosition last() {
        return LogPosition.ZERO;
      }

      @Override
      public long termAt(long index) {
        throw new IndexOutOfBoundsException("a puppet has no log");
      }

      @Override
      public Entry at(long index) {
        throw new IndexOutOfBoundsException("a puppet has no log");
      }
    };
  }

  /// A state machine that says what it is told.
  static final class Echo implements StateMachine {
    private final List<String> commands = new ArrayList<>();

    @Override
    public Bytes apply(long index, Bytes command) {
      commands.add(command.text());
      return Bytes.of("done " + command.text());
    }

    @Override
    public Bytes query(Bytes query) {
      return Bytes.of(query.text() + " of " + String.join(",", commands));
    }

    @Override
    public Bytes snapshot() {
      return Bytes.of(String.join(",", commands));
    }

    @Override
    public void restore(Bytes state) {
      commands.clear();
      commands.add(state.text());
    }
  }
}
