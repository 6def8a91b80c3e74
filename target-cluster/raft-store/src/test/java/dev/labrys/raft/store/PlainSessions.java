package dev.labrys.raft.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Sessions in the plainest way: everything that ever happened is remembered.
final class PlainSessions {
  private final SessionLimits limits;

  /// The open ones, the least recently used first.
  private final List<Long> open = new ArrayList<>();

  private final Map<Long, Long> lowest = new HashMap<>();
  private final Map<Long, Set<Long>> executed = new HashMap<>();

  private int repetitions;

  PlainSessions(SessionLimits limits) {
    this.limits = limits;
  }

  SessionAnswer apply(long index, SessionCommand command) {
    return switch (command) {
      case SessionCommand.Open _ -> {
        if (open.size() == limits.sessions()) {
          open.removeFirst();
        }
        open.add(index);
        lowest.put(index, 1L);
        executed.put(index, new TreeSet<>());
        yield new SessionAnswer.Opened(index);
      }
      case SessionCommand.Close(long session) -> {
        open.remove(session);
        yield new SessionAnswer.Closed();
      }
      case SessionCommand.Request request -> execute(request);
      case SessionCommand.Unprotected _ -> throw new AssertionError("not drawn");
    };
  }

  private SessionAnswer execute(SessionCommand.Request request) {
    long session = request.session();
    if (!open.remove(session)) {
      return new SessionAnswer.Refused(SessionAnswer.Reason.EXPIRED);
    }
    open.add(session);
    long from = lowest.merge(session, request.lowestUnanswered(), Math::max);
    if (request.number() < from) {
      return new SessionAnswer.Refused(SessionAnswer.Reason.ANSWERED);
    }
    if (request.number() - from >= limits.unanswered()) {
      return new SessionAnswer.Refused(SessionAnswer.Reason.TOO_MANY);
    }
    if (!executed.getOrDefault(session, Set.of()).add(request.number())) {
      repetitions++;
    }
    return new SessionAnswer.Executed(Tally.times(1));
  }

  /// How many requests were executed.
  int executions() {
    return executed.values().stream().mapToInt(Set::size).sum();
  }

  /// How many were answered from memory.
  int repetitions() {
    return repetitions;
  }
}
