package dev.labrys.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Replica;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.List;

/// A cluster of puppets: they do what a test says, legal or not, and the invariants watch.
final class InvariantScript {
  static final Seed SEED = new Seed(7);

  private final Invariants invariants;
  private final Configuration configuration;
  private final List<Puppet> puppets = new ArrayList<>();
  private long nowNanos;

  /// With all servers running.
  InvariantScript(int servers) {
    this(servers, RaftOptions.DEFAULTS);
  }

  InvariantScript(int servers, RaftOptions options) {
    invariants = Invariants.of(options, SEED);
    configuration = Configuration.ofVoters(servers);
    for (int number = 1; number <= servers; number++) {
      puppets.add(new Puppet(new ServerId(number), configuration));
      start(number, Stored.initial(configuration));
    }
  }

  /// A server that is whatever it is told to be.
  private static final class Puppet implements Replica, LogView {
    final ServerId id;
    Status.RoleName role = Status.RoleName.FOLLOWER;
    HardState state = HardState.INITIAL;
    Snapshot snapshot;
    List<Entry> entries = new ArrayList<>();
    Configuration configuration;
    long commitIndex;

    Puppet(ServerId id, Configuration configuration) {
      this.id = id;
      this.configuration = configuration;
      this.snapshot = Snapshot.initial(configuration);
    }

    @Override
    public List<Effect> step(long nowNanos, Input input) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Status status() {
      return new Status(
          id,
          role,
          state.term(),
          state.votedFor(),
          ServerId.NOBODY,
          commitIndex,
          commitIndex,
          last(),
          configuration);
    }

    @Override
    public LogView log() {
      return this;
    }

    @Override
    public LogPosition snapshot() {
      return snapshot.last();
    }

    @Override
    public LogPosition last() {
      return entries.isEmpty() ? snapshot.last() : entries.getLast().position();
    }

    @Override
    public long termAt(long index) {
      return index == snapshot.last().index() ? snapshot.last().term() : at(index).term();
    }

    @Override
    public Entry at(long index) {
      return entries.get((int) (index - snapshot.last().index() - 1));
    }

    void write(List<Entry> written) {
      if (!written.isEmpty()) {
        entries.removeIf(entry -> entry.index() >= written.getFirst().index());
        entries.addAll(written);
      }
    }
  }

  static Entry entry(long index, long term) {
    return entry(index, term, "i%dt%d".formatted(index, term));
  }

  static Entry entry(long index, long term, String command) {
    return new Entry(index, term, new Content.Command(Bytes.of(command)));
  }

  Invariants invariants() {
    return invariants;
  }

  private Puppet puppet(int number) {
    return puppets.get(number - 1);
  }

  private static ServerId id(int number) {
    return new ServerId(number);
  }

  /// A step of the server that gives `effects`, none of which is performed.
  InvariantScript step(int server, Effect... effects) {
    return step(server, new Input.TimerFired(), effects);
  }

  InvariantScript step(int server, Input input, Effect... effects) {
    nowNanos += 1_000_000;
    Puppet puppet = puppet(server);
    invariants.stepped(nowNanos, puppet.id, input, List.of(effects), puppet);
    return this;
  }

  InvariantScript perform(int server, Effect effect) {
    nowNanos += 1_000;
    invariants.performed(nowNanos, id(server), effect);
    return this;
  }

  private InvariantScript start(int server, Stored stored) {
    Puppet puppet = puppet(server);
    puppet.role = Status.RoleName.FOLLOWER;
    puppet.state = stored.state();
    puppet.snapshot = stored.snapshot();
    puppet.entries = new ArrayList<>(stored.entries());
    puppet.commitIndex = stored.snapshot().last().index();
    invariants.started(nowNanos, puppet.id, stored, puppet);
    return this;
  }

  InvariantScript crash(int server) {
    invariants.crashed(nowNanos, id(server));
    return this;
  }

  /// Crashes and starts again with all that it had.
  InvariantScript restart(int server) {
    Puppet puppet = puppet(server);
    return crash(server).start(server, new Stored(puppet.state, puppet.snapshot, puppet.entries));
  }

  /// Crashes and starts again with this on its disk.
  InvariantScript restart(int server, HardState state, Entry... entries) {
    return crash(server)
        .start(server, new Stored(state, puppet(server).snapshot, List.of(entries)));
  }

  InvariantScript replace(int server) {
    crash(server);
    invariants.replaced(id(server));
    return start(server, Stored.initial(Configuration.NONE));
  }

  // Terms and votes

  /// Enters a term, and stores that.
  InvariantScript enter(int server, long term) {
    return enter(server, term, ServerId.NOBODY);
  }

  private InvariantScript enter(int server, long term, ServerId vote) {
    puppet(server).state = new HardState(term, vote);
    return write(server).store(server);
  }

  InvariantScript stand(int server, long term) {
    puppet(server).role = Status.RoleName.CANDIDATE;
    enter(server, term, id(server));
    int other = server == 1 ? 2 : 1;
    return send(
        server, other, new Message.RequestVote(term, puppet(server).last(), Campaign.ELECTION));
  }

  InvariantScript vote(int server, int candidate, long term) {
    return enter(server, term, id(candidate)).sayVote(server, candidate, term);
  }

  /// Says that it votes, and stores nothing.
  InvariantScript sayVote(int server, int candidate, long term) {
    return send(server, candidate, new Message.VoteReply(term, term, Campaign.ELECTION, true));
  }

  /// Makes a leader of one who stood.
  InvariantScript lead(int server) {
    puppet(server).role = Status.RoleName.LEADER;
    return step(server, new Effect.SetTimer(0));
  }

  InvariantScript elect(int server, long term, int... voters) {
    stand(server, term);
    for (int voter : voters) {
      vote(voter, server, term);
    }
    return lead(server);
  }

  InvariantScript stepDown(int server) {
    puppet(server).role = Status.RoleName.FOLLOWER;
    return step(server, new Effect.SetTimer(0));
  }

  InvariantScript send(int from, int to, Message message) {
    Effect send = new Effect.Send(id(to), message);
    return step(from, send).perform(from, send);
  }

  // Logs

  /// Has entries in memory from now on, and orders them to be stored.
  InvariantScript write(int server, Entry... entries) {
    puppet(server).write(List.of(entries));
    return step(server, new Effect.Persist(puppet(server).state, List.of(entries)));
  }

  /// Has entries on disk.
  InvariantScript store(int server, Entry... entries) {
    return perform(server, new Effect.Persist(puppet(server).state, List.of(entries)));
  }

  InvariantScript append(int server, Entry... entries) {
    return write(server, entries).store(server, entries);
  }

  /// Loses what comes after `index` from memory.
  InvariantScript forgetAfter(int server, long index) {
    puppet(server).entries.removeIf(entry -> entry.index() > index);
    return step(server, new Effect.SetTimer(0));
  }

  InvariantScript accept(int server, int leader, long term, long matchIndex) {
    return send(server, leader, new Message.AppendAccepted(term, 1, matchIndex));
  }

  /// Replaces the log up to `index` by a snapshot.
  InvariantScript compact(int server, long index, String state) {
    return save(server, index, puppet(server).termAt(index), state);
  }

  InvariantScript save(int server, long index, long term, String state) {
    return save(server, new Snapshot(new LogPosition(index, term), configuration, Bytes.of(state)));
  }

  InvariantScript save(int server, Snapshot snapshot) {
    Puppet puppet = puppet(server);
    long index = snapshot.last().index();
    puppet.entries.removeIf(entry -> entry.index() <= index);
    puppet.snapshot = snapshot;
    Effect save = new Effect.SaveSnapshot(snapshot);
    return step(server, save).perform(server, save);
  }

  // Commitment

  InvariantScript commit(int server, long index) {
    puppet(server).commitIndex = index;
    return step(server, new Effect.SetTimer(0));
  }

  InvariantScript stepDownCommitting(int server, long index) {
    puppet(server).role = Status.RoleName.FOLLOWER;
    return commit(server, index);
  }

  InvariantScript apply(int server, Entry entry) {
    return apply(server, entry, 0);
  }

  InvariantScript apply(int server, Entry entry, long request) {
    return perform(server, new Effect.Apply(entry, new RequestId(request)));
  }

  InvariantScript restore(int server, long index, long term) {
    return perform(
        server,
        new Effect.Restore(new Snapshot(new LogPosition(index, term), configuration, Bytes.EMPTY)));
  }

  InvariantScript configure(int server, Configuration changed) {
    puppet(server).configuration = changed;
    return this;
  }

  /// Expects that the last thing that happens is the one that is wrong.
  static void assertViolated(Invariant invariant, Runnable script) {
    InvariantViolation violation = catchThrowableOfType(InvariantViolation.class, script::run);

    assertThat(violation).isNotNull();
    assertThat(violation.invariant()).as(violation.getMessage()).isEqualTo(invariant);
    assertThat(violation)
        .hasMessageContaining(invariant.title())
        .hasMessageContaining(invariant.section())
        .hasMessageContaining("seed 7");
    assertThat(violation.servers()).isNotEmpty();
    assertThat(violation.seed()).isEqualTo(SEED);
  }
}
