package dev.labrys.raft;

import dev.labrys.raft.Input.ReadRequested;
import dev.labrys.raft.Message.ReadIndex;
import dev.labrys.raft.Message.ReadIndexReply;
import dev.labrys.raft.Response.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads that wait until a majority has confirmed that this server still leads (thesis §6.4).
final class LeaderReads {
  private static final long UNKNOWN = -1;

  private final Server server;

  /// In the order in which they came, so that each is confirmed with or before the next.
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /// The first message of those that were sent to have reads confirmed; 0 if none was.
  private long confirmingRound;

  private boolean wantsRound;

  /// Who wants to read.
  sealed interface Reader {

    /// A client of this server.
    record Client(ReadRequested request) implements Reader {}

    /// A follower, which answers its own clients.
    record Peer(ServerId peer, ReadIndex question) implements Reader {}
  }

  private static final class Waiting {
    final Reader reader;
    long index = UNKNOWN;
    long round;

    Waiting(Reader reader) {
      this.reader = reader;
    }
  }

  LeaderReads(Server server) {
    this.server = server;
  }

  /// @param lastRound the newest message sent: only answers to later ones confirm this read
  void add(Reader reader, long lastRound) {
    if (waiting.size() >= server.options.waitingRequests()) {
      refuse(reader, Refusal.BUSY);
      return;
    }
    Waiting read = new Waiting(reader);
    waiting.add(read);
    if (server.knowsCommitted()) {
      admit(read, lastRound);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Notes that all that is committed is known. Those who came before that are read now.
  void onCommitKnown(long lastRound) {
    if (waiting.isEmpty() || waiting.getLast().index != UNKNOWN) {
      return;
    }
    for (Waiting read : waiting) {
      if (read.index == UNKNOWN) {
        admit(read, lastRound);
      }
    }
  }

  private void admit(Waiting read, long lastRound) {
    read.index = server.commitIndex();
    read.round = lastRound + 1;
    wantsRound |= confirmingRound == 0;
  }

  /// Whether messages should go to everybody now, for their answers to confirm reads.
  boolean wantsRound() {
    return wantsRound;
  }

  /// Such messages went out, `firstRound` the first of them.
  void roundSent(long firstRound) {
    wantsRound = false;
    confirmingRound = waiting.isEmpty() ? 0 : firstRound;
  }

  /// A majority has answered messages up to `round`.
  void confirmed(long round) {
    while (!waiting.isEmpty()
        && waiting.getFirst().index != UNKNOWN
        && waiting.getFirst().round <= round) {
      Waiting read = waiting.removeFirst();
      answer(read.reader, read.index);
    }
    if (confirmingRound != 0 && confirmingRound <= round) {
      confirmingRound = 0;
      wantsRound |= !waiting.isEmpty() && waiting.getFirst().index != UNKNOWN;
    }
  }

  /// Lets `reader` read what is committed up to `index`.
  void answer(Reader reader, long index) {
    switch (reader) {
      case Reader.Client(ReadRequested request) -> {
        server.applyCommitted();
        server.outbox.add(new Effect.Query(request.request(), request.query()));
      }
      case Reader.Peer(ServerId peer, ReadIndex question) ->
          server.outbox.send(peer, new ReadIndexReply(server.term(), question.read(), index));
    }
  }

  private void refuse(Reader reader, Refusal refusal) {
    switch (reader) {
      case Reader.Client(ReadRequested request) ->
          server.outbox.refuse(request.request(), refusal, server.leader());
      case Reader.Peer(ServerId peer, ReadIndex question) ->
          server.outbox.send(
              peer, new ReadIndexReply(server.term(), question.read(), ReadIndexReply.REFUSED));
    }
  }

  /// Refuses all: this server leads no more. Followers find out by themselves.
  void abandon() {
    for (Waiting read : waiting) {
      if (read.reader instanceof Reader.Client) {
        refuse(read.reader, Refusal.NOT_LEADER);
      }
    }
    waiting.clear();
  }
}
