package dev.labrys.cluster.sim;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.SessionCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What must hold of commands that clients send again: [Invariant#EXACTLY_ONCE].
///
/// It stands on both sides of what is to sort the copies out. Outside it sees each copy that the
/// log has, inside those that are executed: the copies of a request have different indices, and
/// only one of them may be executed, the same one on all servers.
final class ExactlyOnceInvariant {
  /// How many requests are remembered, the latest.
  private static final int REMEMBERED_REQUESTS = 1 << 14;

  /// The entries by which requests were executed, the oldest first.
  private final Map<Request, Long> executedBy =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Request, Long> eldest) {
          return size() > REMEMBERED_REQUESTS;
        }
      };

  private @Nullable Repetition repetition;

  /// A request of a client, whose copies have the same.
  private record Request(long session, long number) {}

  /// A request that was executed by two entries.
  record Repetition(long session, long number, long firstIndex, long secondIndex) {}

  /// Machines made of `machines` inside what `sessions` puts around each, both under observation.
  Supplier<StateMachine> watch(
      UnaryOperator<StateMachine> sessions, Supplier<StateMachine> machines) {
    return () -> {
      Inside inside = new Inside(machines.get());
      return new Outside(sessions.apply(inside), inside);
    };
  }

  /// The repetition since this was last asked, if there was one.
  @Nullable Repetition findRepetition() {
    Repetition found = repetition;
    repetition = null;
    return found;
  }

  private void executed(Request request, long index) {
    Long before = executedBy.putIfAbsent(request, index);
    if (before != null && before != index) {
      repetition = new Repetition(request.session(), request.number(), before, index);
    }
  }

  /// The machine that executes commands, and does so for the request that came in last.
  private final class Inside implements StateMachine {
    private final StateMachine machine;
    private @Nullable Request current;

    private Inside(StateMachine machine) {
      this.machine = machine;
    }

    @Override
    public Bytes apply(long index, Bytes command) {
      if (current != null) {
        executed(current, index);
      }
      return machine.apply(index, command);
    }

    @Override
    public Bytes query(Bytes query) {
      return machine.query(query);
    }

    @Override
    public Bytes snapshot() {
      return machine.snapshot();
    }

    @Override
    public void restore(Bytes state) {
      machine.restore(state);
    }
  }

  /// What a server runs.
  private record Outside(StateMachine machine, Inside inside) implements StateMachine {

    @Override
    public Bytes apply(long index, Bytes command) {
      inside.current = request(command);
      return machine.apply(index, command);
    }

    private static @Nullable Request request(Bytes command) {
      try {
        return SessionCommand.of(command) instanceof SessionCommand.Request request
            ? new Request(request.session(), request.number())
            : null;
      } catch (WireFormatException _) {
        return null;
      }
    }

    @Override
    public Bytes query(Bytes query) {
      return machine.query(query);
    }

    @Override
    public Bytes snapshot() {
      return machine.snapshot();
    }

    @Override
    public void restore(Bytes state) {
      machine.restore(state);
    }
  }
}
