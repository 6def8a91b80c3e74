package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// A state machine that has the commands of another executed exactly once, although clients ask
/// again when they get no answer (thesis §6.3).
///
/// It understands [SessionCommand] and answers [SessionAnswer]. What it remembers of each session
/// is part of its snapshots: a server that restores one must not execute again what was executed
/// before. When there are too many sessions, the one that was used least recently is forgotten, on
/// all servers alike, as only commands count as use. Without it, the machine inside executes every
/// copy of a command.
public final class Sessions implements StateMachine {
  private static final int VERSION = 1;

  private final StateMachine inside;
  private final SessionLimits limits;

  /// By the index of the entry that opened it; the least recently used first.
  private final Map<Long, KeptAnswers> open = new LinkedHashMap<>(16, 0.75f, true);

  /// Keeps as much as [SessionLimits#DEFAULTS] allow.
  public Sessions(StateMachine inside) {
    this(inside, SessionLimits.DEFAULTS);
  }

  public Sessions(StateMachine inside, SessionLimits limits) {
    this.inside = inside;
    this.limits = limits;
  }

  @Override
  public Bytes apply(long index, Bytes command) {
    SessionCommand asked;
    try {
      asked = SessionCommand.of(command);
    } catch (WireFormatException malformed) {
      return refused(SessionAnswer.Reason.MALFORMED);
    }
    return switch (asked) {
      case SessionCommand.Open _ -> open(index);
      case SessionCommand.Close(long session) -> close(session);
      case SessionCommand.Request request -> execute(index, request);
      case SessionCommand.Unprotected(Bytes unprotected) ->
          new SessionAnswer.Executed(inside.apply(index, unprotected)).toBytes();
    };
  }

  private Bytes open(long index) {
    if (open.size() >= limits.sessions()) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(index, new KeptAnswers());
    return new SessionAnswer.Opened(index).toBytes();
  }

  private Bytes close(long session) {
    open.remove(session);
    return new SessionAnswer.Closed().toBytes();
  }

  private Bytes execute(long index, SessionCommand.Request request) {
    KeptAnswers kept = open.get(request.session());
    if (kept == null) {
      return refused(SessionAnswer.Reason.EXPIRED);
    }
    kept.forgetBelow(request.lowestUnanswered());
    long ahead = request.number() - kept.lowest();
    if (ahead < 0) {
      return refused(SessionAnswer.Reason.ANSWERED);
    }
    if (ahead >= limits.unanswered()) {
      return refused(SessionAnswer.Reason.TOO_MANY);
    }
    Bytes before = kept.find(request.number());
    if (before.length() > 0) {
      return before;
    }
    Bytes answer = new SessionAnswer.Executed(inside.apply(index, request.command())).toBytes();
    kept.keep(request.number(), answer);
    return answer;
  }

  private static Bytes refused(SessionAnswer.Reason reason) {
    return new SessionAnswer.Refused(reason).toBytes();
  }

  /// Answers a query, which comes as [SessionCommand.Unprotected].
  @Override
  public Bytes query(Bytes query) {
    try {
      if (SessionCommand.of(query) instanceof SessionCommand.Unprotected(Bytes unprotected)) {
        return new SessionAnswer.Executed(inside.query(unprotected)).toBytes();
      }
    } catch (WireFormatException malformed) {
      return refused(SessionAnswer.Reason.MALFORMED);
    }
    return refused(SessionAnswer.Reason.MALFORMED);
  }

  @Override
  public Bytes snapshot() {
    Bytes state = inside.snapshot();
    WireWriter writer = new WireWriter(64 + state.length()).octet(VERSION).number(open.size());
    open.forEach((session, kept) -> {
      writer.number(session);
      kept.write(writer);
    });
    return writer.rest(state).toBytes();
  }

  @Override
  public void restore(Bytes state) {
    if (state.length() == 0) {
      open.clear();
      inside.restore(state);
      return;
    }
    WireReader reader = new WireReader(state);
    Map<Long, KeptAnswers> restored;
    try {
      restored = sessions(reader);
    } catch (WireFormatException malformed) {
      throw new IllegalArgumentException("this is no snapshot of sessions", malformed);
    }
    inside.restore(reader.rest());
    open.clear();
    open.putAll(restored);
  }

  private static Map<Long, KeptAnswers> sessions(WireReader reader) throws WireFormatException {
    if (reader.octet() != VERSION) {
      throw reader.malformedAt(0, "expected version " + VERSION + " of snapshots");
    }
    Map<Long, KeptAnswers> sessions = new LinkedHashMap<>();
    int count = reader.count();
    for (int i = 0; i < count; i++) {
      sessions.put(reader.number(), KeptAnswers.read(reader));
    }
    return sessions;
  }
}
