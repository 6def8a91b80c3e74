package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.InvariantScript.assertViolated;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Exactly-once both ways: with what sorts copies out, and without.
final class ExactlyOnceInvariantTest {
  private static final Entry OPEN = entry(1, new SessionCommand.Open());
  private static final Entry FIRST = entry(2, request(1));
  private static final Entry SECOND = entry(3, request(2));
  private static final Entry FIRST_AGAIN = entry(4, request(1));

  private final InvariantScript script =
      new InvariantScript(3)
          .elect(1, 1, 2)
          .append(1, OPEN, FIRST, SECOND, FIRST_AGAIN)
          .append(2, OPEN, FIRST, SECOND, FIRST_AGAIN)
          .commit(1, 4);

  private static Entry entry(long index, SessionCommand command) {
    return new Entry(index, 1, new Content.Command(command.toBytes()));
  }

  private static SessionCommand request(long number) {
    Bytes command = new Command.Add("total", 1).toBytes();
    return new SessionCommand.Request(1, number, 1, command);
  }

  /// A machine that executes each copy.
  private record Heedless(StateMachine inside) implements StateMachine {
    @Override
    public Bytes apply(long index, Bytes command) {
      try {
        return SessionCommand.of(command) instanceof SessionCommand.Request request
            ? inside.apply(index, request.command())
            : Bytes.EMPTY;
      } catch (WireFormatException malformed) {
        throw new IllegalArgumentException(malformed);
      }
    }

    @Override
    public Bytes query(Bytes query) {
      return inside.query(query);
    }

    @Override
    public Bytes snapshot() {
      return inside.snapshot();
    }

    @Override
    public void restore(Bytes state) {
      inside.restore(state);
    }
  }

  private StateMachine machine(UnaryOperator<StateMachine> sessions) {
    return script.invariants().watch(sessions, Store::new).get();
  }

  private void apply(int server, StateMachine machine, Entry... entries) {
    for (Entry entry : entries) {
      if (entry.content() instanceof Content.Command(Bytes command)) {
        machine.apply(entry.index(), command);
      }
      script.apply(server, entry);
    }
  }

  @Test
  void aCopyIsNotExecuted() {
    apply(1, machine(Sessions::new), OPEN, FIRST, SECOND, FIRST_AGAIN);
  }

  @Test
  void aCopyThatIsExecutedIsNoticed() {
    StateMachine machine = machine(Heedless::new);
    apply(1, machine, OPEN, FIRST, SECOND);

    assertViolated(Invariant.EXACTLY_ONCE, () -> apply(1, machine, FIRST_AGAIN));
  }

  @Test
  void everyServerExecutesTheSameCopy() {
    apply(1, machine(Sessions::new), OPEN, FIRST, SECOND, FIRST_AGAIN);
    apply(2, machine(Sessions::new), OPEN, FIRST, SECOND, FIRST_AGAIN);
  }

  @Test
  void aServerThatForgotWhatItExecutedIsNoticed() {
    StateMachine machine = machine(Sessions::new);
    apply(1, machine, OPEN, FIRST, SECOND);
    StateMachine forgetful = machine(Sessions::new);
    forgetful.apply(1, new SessionCommand.Open().toBytes());
    script.restart(1).apply(1, OPEN).apply(1, FIRST).apply(1, SECOND);

    assertViolated(Invariant.EXACTLY_ONCE, () -> apply(1, forgetful, FIRST_AGAIN));
  }

  @Test
  void aRestartExecutesTheSameAgain() {
    apply(1, machine(Sessions::new), OPEN, FIRST, SECOND, FIRST_AGAIN);
    script.restart(1);
    apply(1, machine(Sessions::new), OPEN, FIRST, SECOND, FIRST_AGAIN);
  }
}
