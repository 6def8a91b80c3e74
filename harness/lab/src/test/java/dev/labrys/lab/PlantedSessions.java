package dev.labrys.lab;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import java.util.HashMap;
import java.util.Map;

/// Sessions that do not keep their promise.
final class PlantedSessions implements StateMachine {
  private final StateMachine inside;
  private final Memory memory;
  private final Map<String, Bytes> answers = new HashMap<>();

  /// What they remember of what they have executed.
  enum Memory {
    NOTHING,
    UNTIL_RESTORED
  }

  private PlantedSessions(StateMachine inside, Memory memory) {
    this.inside = inside;
    this.memory = memory;
  }

  /// Sessions that execute every copy.
  static StateMachine withoutMemory(StateMachine inside) {
    return new PlantedSessions(inside, Memory.NOTHING);
  }

  /// Sessions whose snapshots hold the state of the machine alone.
  static StateMachine withMemoryOutsideSnapshots(StateMachine inside) {
    return new PlantedSessions(inside, Memory.UNTIL_RESTORED);
  }

  @Override
  public Bytes apply(long index, Bytes command) {
    SessionAnswer answer =
        switch (parse(command)) {
          case SessionCommand.Open _ -> new SessionAnswer.Opened(index);
          case SessionCommand.Close _ -> new SessionAnswer.Closed();
          case SessionCommand.Unprotected(Bytes unprotected) ->
              new SessionAnswer.Executed(inside.apply(index, unprotected));
          case SessionCommand.Request request -> execute(index, request);
        };
    return answer.toBytes();
  }

  private SessionAnswer execute(long index, SessionCommand.Request request) {
    String name = request.session() + "/" + request.number();
    Bytes before = answers.get(name);
    if (before != null && memory == Memory.UNTIL_RESTORED) {
      return new SessionAnswer.Executed(before);
    }
    Bytes answer = inside.apply(index, request.command());
    answers.put(name, answer);
    return new SessionAnswer.Executed(answer);
  }

  private static SessionCommand parse(Bytes bytes) {
    try {
      return SessionCommand.of(bytes);
    } catch (WireFormatException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  @Override
  public Bytes query(Bytes query) {
    return parse(query) instanceof SessionCommand.Unprotected(Bytes unprotected)
        ? new SessionAnswer.Executed(inside.query(unprotected)).toBytes()
        : Bytes.EMPTY;
  }

  @Override
  public Bytes snapshot() {
    return inside.snapshot();
  }

  @Override
  public void restore(Bytes state) {
    answers.clear();
    inside.restore(state);
  }
}
