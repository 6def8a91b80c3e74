package dev.labrys.raft.store;

import static dev.labrys.raft.store.SessionAnswer.Reason.ANSWERED;
import static dev.labrys.raft.store.SessionAnswer.Reason.EXPIRED;
import static dev.labrys.raft.store.SessionAnswer.Reason.TOO_MANY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SessionsPropertyTest {
  private static final int RUNS = 200;

  @Test
  void everyRequestIsExecutedOnceAndAnsweredAlike() throws WireFormatException {
    int repetitions = 0;
    Set<SessionAnswer.Reason> reasons = EnumSet.noneOf(SessionAnswer.Reason.class);
    for (int run = 0; run < RUNS; run++) {
      Play play = new Play(run, sessions -> sessions);
      play.go();
      assertThat(play.worstCount()).as("seed %d", run).isEqualTo(1);
      assertThat(play.tally.counts()).hasSize(play.plain.executions());
      repetitions += play.plain.repetitions();
      reasons.addAll(play.reasons);
    }
    assertThat(repetitions).isGreaterThan(10 * RUNS);
    assertThat(reasons).containsExactlyInAnyOrder(EXPIRED, ANSWERED, TOO_MANY);
  }

  /// D1: the duplicates that sessions are there for.
  @Test
  void withoutSessionsThereAreDuplicates() {
    Play play = new Play(1, WithoutMemory::new);

    play.goUnchecked();

    assertThat(play.worstCount()).isGreaterThan(1);
  }

  /// D2: what a snapshot without the sessions leads to.
  @Test
  void withoutSessionsInSnapshotsThereAreDuplicates() {
    Play play = new Play(1, ForgetfulSnapshots::new);

    play.goUnchecked();

    assertThat(play.worstCount()).isGreaterThan(1);
  }

  /// Clients of several sessions, a network that repeats and reorders, and servers that are
  /// replaced by others restored from a snapshot.
  private static final class Play {
    private static final int ACTIONS = 400;

    private final int seed;
    private final RandomGenerator random;
    private final UnaryOperator<StateMachine> damage;
    private final SessionLimits limits;
    private final PlainSessions plain;
    private final List<Session> clients = new ArrayList<>();
    private final List<SessionCommand> sent = new ArrayList<>();
    private Tally tally = new Tally();
    private StateMachine machine;
    private long index;
    private final Set<SessionAnswer.Reason> reasons = EnumSet.noneOf(SessionAnswer.Reason.class);

    Play(int seed, UnaryOperator<StateMachine> damage) {
      this.seed = seed;
      this.random = new Seed(seed).stream("play");
      this.damage = damage;
      limits = new SessionLimits(1 + random.nextInt(5), 1 + random.nextInt(20));
      plain = new PlainSessions(limits);
      machine = machine();
    }

    private StateMachine machine() {
      return damage.apply(new Sessions(tally, limits));
    }

    void go() throws WireFormatException {
      for (int i = 0; i < ACTIONS; i++) {
        SessionCommand command = next();
        index++;
        SessionAnswer answer = SessionAnswer.of(machine.apply(index, command.toBytes()));
        assertThat(answer)
            .as("seed %d, entry %d: %s", seed, index, command)
            .isEqualTo(plain.apply(index, command));
        learn(command, answer);
      }
    }

    void goUnchecked() {
      for (int i = 0; i < ACTIONS; i++) {
        SessionCommand command = next();
        index++;
        try {
          learn(command, SessionAnswer.of(machine.apply(index, command.toBytes())));
        } catch (WireFormatException malformed) {
          throw new AssertionError(malformed);
        }
      }
    }

    private SessionCommand next() {
      if (random.nextInt(25) == 0) {
        restart();
      }
      if (clients.isEmpty() || random.nextInt(30) == 0) {
        return new SessionCommand.Open();
      }
      Session client = clients.get(random.nextInt(clients.size()));
      if (random.nextInt(60) == 0) {
        return client.close();
      }
      if (sent.isEmpty() || random.nextInt(3) == 0) {
        sent.add(request(client));
      }
      return sent.get(Math.max(random.nextInt(sent.size()), random.nextInt(sent.size())));
    }

    private SessionCommand.Request request(Session client) {
      String name = "%d of %s".formatted(sent.size(), client.close());
      return client.request(Bytes.of(name));
    }

    private void learn(SessionCommand command, SessionAnswer answer) {
      if (answer instanceof SessionAnswer.Opened opened) {
        clients.add(new Session(opened));
      }
      if (answer instanceof SessionAnswer.Refused(SessionAnswer.Reason reason)) {
        reasons.add(reason);
      }
      if (command instanceof SessionCommand.Request request && random.nextInt(3) == 0) {
        clients.stream()
            .filter(client -> client.close().session() == request.session())
            .forEach(client -> client.finished(request));
      }
    }

    private void restart() {
      Bytes snapshot = machine.snapshot();
      tally = new Tally();
      machine = machine();
      machine.restore(snapshot);
      assertThat(machine.snapshot()).isEqualTo(snapshot);
    }

    long worstCount() {
      return tally.counts().values().stream().mapToLong(count -> count).max().orElse(0);
    }
  }

  /// Executes whatever comes, as often as it comes.
  private record WithoutMemory(StateMachine sessions) implements StateMachine {
    @Override
    public Bytes apply(long index, Bytes command) {
      return sessions.apply(index, unprotected(command));
    }

    private static Bytes unprotected(Bytes command) {
      try {
        return SessionCommand.of(command) instanceof SessionCommand.Request request
            ? new SessionCommand.Unprotected(request.command()).toBytes()
            : command;
      } catch (WireFormatException malformed) {
        return command;
      }
    }

    @Override
    public Bytes query(Bytes query) {
      return sessions.query(query);
    }

    @Override
    public Bytes snapshot() {
      return sessions.snapshot();
    }

    @Override
    public void restore(Bytes state) {
      sessions.restore(state);
    }
  }

  /// Once it was restored, takes no request for a repeated one any more.
  private static final class ForgetfulSnapshots implements StateMachine {
    private final StateMachine sessions;
    private final StateMachine withoutMemory;
    private boolean wasRestored;

    ForgetfulSnapshots(StateMachine sessions) {
      this.sessions = sessions;
      this.withoutMemory = new WithoutMemory(sessions);
    }

    @Override
    public Bytes apply(long index, Bytes command) {
      return (wasRestored ? withoutMemory : sessions).apply(index, command);
    }

    @Override
    public Bytes query(Bytes query) {
      return sessions.query(query);
    }

    @Override
    public Bytes snapshot() {
      return sessions.snapshot();
    }

    @Override
    public void restore(Bytes state) {
      sessions.restore(state);
      wasRestored = true;
    }
  }
}
