package dev.labrys.raft.store;

import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/// The locks of a store, in the order in which they were first acquired.
///
/// One that is free again is kept, as its next token must be larger than its last.
final class Locks {
  private final StoreLimits limits;
  private final Map<String, Lock> locks = new LinkedHashMap<>();

  Locks(StoreLimits limits) {
    this.limits = limits;
  }

  /// A lock that was acquired before.
  ///
  /// @param owner who holds it, or did last
  /// @param holds how often; 0 if it is free
  /// @param token the last one given out
  private record Lock(String owner, long holds, long token) {
    static final Lock NEW = new Lock("", 0, 0);

    boolean isHeldBy(String somebody) {
      return holds > 0 && owner.equals(somebody);
    }
  }

  Datum holder(String name) {
    Lock lock = locks.getOrDefault(name, Lock.NEW);
    return lock.holds() > 0 ? Datum.of(lock.owner()) : Datum.nothing();
  }

  Answer acquire(Command.Acquire wish) {
    Lock lock = locks.getOrDefault(wish.lock(), Lock.NEW);
    if (lock.holds() == 0) {
      if (lock.equals(Lock.NEW) && locks.size() >= limits.items()) {
        return new Answer.Refused(Answer.Reason.FULL);
      }
      return take(wish.lock(), new Lock(wish.owner(), 1, lock.token() + 1));
    }
    if (lock.isHeldBy(wish.owner()) && wish.again() == Command.Again.COUNTED) {
      return take(wish.lock(), new Lock(lock.owner(), lock.holds() + 1, lock.token()));
    }
    return new Answer.Found(Datum.nothing());
  }

  private Answer take(String name, Lock held) {
    locks.put(name, held);
    return new Answer.Found(Datum.of(held.token()));
  }

  Answer release(String name, String owner) {
    Lock lock = locks.getOrDefault(name, Lock.NEW);
    boolean isHeld = lock.isHeldBy(owner);
    if (isHeld) {
      locks.put(name, new Lock(owner, lock.holds() - 1, lock.token()));
    }
    return new Answer.Truth(isHeld);
  }

  void write(WireWriter writer) {
    writer.number(locks.size());
    locks.forEach((name, lock) ->
        writer.text(name).text(lock.owner()).number(lock.holds()).number(lock.token()));
  }

  static Locks read(StoreLimits limits, WireReader reader) throws WireFormatException {
    Locks locks = new Locks(limits);
    int count = reader.count();
    for (int i = 0; i < count; i++) {
      locks.locks.put(
          reader.text(),
          new Lock(
              reader.text(),
              reader.numberWithin(0, Long.MAX_VALUE),
              reader.numberWithin(1, Long.MAX_VALUE)));
    }
    return locks;
  }
}
