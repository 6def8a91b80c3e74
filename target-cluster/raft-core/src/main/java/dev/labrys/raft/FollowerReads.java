package dev.labrys.raft;

import dev.labrys.raft.Input.ReadRequested;
import dev.labrys.raft.Message.ReadIndex;
import dev.labrys.raft.Message.ReadIndexReply;
import dev.labrys.raft.Response.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Reads that a follower answers from its own state machine, once that is as far as the leader says
/// it must be (thesis §6.4).
final class FollowerReads {
  private static final long UNKNOWN = -1;

  private final Server server;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /// Questions are numbered by when they were asked, so that an answer to one of before a restart
  /// is not taken for one of now.
  private long lastNumber;

  private static final class Waiting {
    final long number;
    final long untilNanos;
    final ReadRequested request;
    long index = UNKNOWN;

    Waiting(long number, long untilNanos, ReadRequested request) {
      this.number = number;
      this.untilNanos = untilNanos;
      this.request = request;
    }
  }

  FollowerReads(Server server) {
    this.server = server;
  }

  /// Asks the leader how far the state machine must be for `request`.
  void ask(ReadRequested request) {
    if (server.leader().equals(ServerId.NOBODY)) {
      server.outbox.refuse(request.request(), Refusal.NOT_LEADER, ServerId.NOBODY);
      return;
    }
    if (waiting.size() >= server.options.waitingRequests()) {
      server.outbox.refuse(request.request(), Refusal.BUSY, server.leader());
      return;
    }
    lastNumber = Math.max(lastNumber + 1, server.now());
    waiting.add(new Waiting(lastNumber, server.now() + server.options.electionMaxNanos(), request));
    server.outbox.send(server.leader(), new ReadIndex(server.term(), lastNumber));
  }

  /// When the one that has waited longest is given up.
  long deadline() {
    return waiting.isEmpty() ? Server.NEVER : waiting.getFirst().untilNanos;
  }

  void onReply(ReadIndexReply reply) {
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting read = each.next();
      if (read.number == reply.read()) {
        if (reply.index() == ReadIndexReply.REFUSED) {
          each.remove();
          server.outbox.refuse(read.request.request(), Refusal.NOT_READY, server.leader());
        } else {
          read.index = reply.index();
        }
        return;
      }
    }
  }

  /// Answers those for whom the state machine is far enough, and gives up those whose question must
  /// have been lost.
  void serve() {
    if (waiting.isEmpty()) {
      return;
    }
    server.applyCommitted();
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting read = each.next();
      if (read.index != UNKNOWN && read.index <= server.lastApplied()) {
        each.remove();
        server.outbox.add(new Effect.Query(read.request.request(), read.request.query()));
      } else if (server.now() >= read.untilNanos) {
        each.remove();
        server.outbox.refuse(read.request.request(), Refusal.NOT_READY, server.leader());
      }
    }
  }

  /// Refuses all: whom they asked leads no more.
  void abandon() {
    for (Waiting read : waiting) {
      server.outbox.refuse(read.request.request(), Refusal.NOT_LEADER, ServerId.NOBODY);
    }
    waiting.clear();
  }
}
