package dev.labrys.raft;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// How far another server is, as its leader knows.
final class Progress {
  final ServerId peer;

  /// Answers to earlier rounds are to somebody else: to the same server before it was removed and
  /// added again.
  private final long firstRound;

  private Mode mode = Mode.PROBE;
  private long matchIndex;
  private long nextIndex;
  private boolean awaitsProbe;

  /// How many messages may be under way: half as many after a refusal, one more for each that is
  /// accepted, as it is of no use to send what arrives out of order.
  private int window = Integer.MAX_VALUE / 2;

  /// The first message that is part of the last new try.
  private long triedFromRound;

  /// The last entries of the messages under way, oldest first.
  private final Deque<Long> inFlight = new ArrayDeque<>();

  private long heardNanos;
  private long ackedRound;
  private long lastRound;

  /// A message whose answer will tell how fresh the peer's promise is.
  private long sampleRound;

  private long sampleNanos;
  private long promisedNanos = Long.MIN_VALUE;

  private @Nullable OutgoingSnapshot snapshot;

  /// How entries go to the peer.
  private enum Mode {
    /// It is not known where the logs part: one message at a time.
    PROBE,
    /// The peer follows: messages go out without waiting for answers.
    PIPELINE,
    /// What the peer lacks is in the log no more.
    SNAPSHOT
  }

  Progress(ServerId peer, long nextIndex, long firstRound, long nowNanos) {
    this.peer = peer;
    this.nextIndex = nextIndex;
    this.firstRound = firstRound;
    this.lastRound = firstRound - 1;
    this.heardNanos = nowNanos;
  }

  /// The last entry that the peer has stored for sure.
  long matchIndex() {
    return matchIndex;
  }

  /// The entry to send next.
  long nextIndex() {
    return nextIndex;
  }

  /// When the peer last answered.
  long heardNanos() {
    return heardNanos;
  }

  /// The newest message that the peer has answered.
  long ackedRound() {
    return ackedRound;
  }

  /// The newest message that went to the peer.
  long lastRound() {
    return lastRound;
  }

  /// The peer has promised not to elect anybody for a while, and did so at this time or later.
  long promisedNanos() {
    return promisedNanos;
  }

  @Nullable OutgoingSnapshot snapshot() {
    return snapshot;
  }

  /// Whether entries may go out now.
  boolean maySend(int pipeline) {
    window = Math.min(window, pipeline);
    return switch (mode) {
      case PROBE -> !awaitsProbe;
      case PIPELINE -> inFlight.size() < window;
      case SNAPSHOT -> false;
    };
  }

  /// Notes that the message `round` goes out.
  void sent(long round, long nowNanos) {
    lastRound = round;
    if (sampleRound <= ackedRound) {
      sampleRound = round;
      sampleNanos = nowNanos;
    }
    awaitsProbe = true;
  }

  /// Notes that entries up to `lastIndex` go out.
  void sentEntries(long lastIndex) {
    if (mode == Mode.PIPELINE) {
      nextIndex = lastIndex + 1;
      inFlight.add(lastIndex);
    }
  }

  /// Whether an answer to the message `round` is one to this leader, and to this very membership.
  boolean isAnswer(long round) {
    return round >= firstRound && round <= lastRound;
  }

  /// Notes an answer to the message `round`, whatever it says.
  void heard(long round, long nowNanos) {
    heardNanos = nowNanos;
    ackedRound = Math.max(ackedRound, round);
    if (sampleRound <= ackedRound) {
      promisedNanos = sampleNanos;
    }
  }

  /// The peer has everything up to `index`. Answers may come in any order: what was known to be
  /// there stays there.
  ///
  /// @return whether that was news
  boolean accepted(long index) {
    while (!inFlight.isEmpty() && inFlight.getFirst() <= index) {
      inFlight.removeFirst();
    }
    boolean isNews = index > matchIndex;
    window += isNews ? 1 : 0;
    matchIndex = Math.max(matchIndex, index);
    nextIndex = Math.max(nextIndex, matchIndex + 1);
    switch (mode) {
      case PROBE -> {
        mode = Mode.PIPELINE;
        nextIndex = matchIndex + 1;
      }
      case PIPELINE -> {}
      case SNAPSHOT -> {
        if (snapshot != null && matchIndex >= snapshot.lastIndex()) {
          probeFrom(matchIndex + 1);
        }
      }
    }
    return isNews;
  }

  /// Whether a refusal of `previousIndex`, in answer to the message `round`, is news: it may be the
  /// answer to a message that has been overtaken, or that went out before the last new try. If one
  /// message is late, all behind it are refused; were each refusal taken for news, each would have
  /// all of them sent once more.
  boolean isNewRefusal(long previousIndex, long round) {
    return round >= triedFromRound
        && switch (mode) {
          case PROBE -> previousIndex == nextIndex - 1;
          case PIPELINE -> previousIndex > matchIndex;
          case SNAPSHOT -> false;
        };
  }

  /// The peer has refused something: what comes before `index` may be what it has.
  void refused(long index) {
    window = Math.max(1, window / 2);
    probeFrom(index);
  }

  /// Tries anew at `index`, one message at a time.
  private void probeFrom(long index) {
    mode = Mode.PROBE;
    snapshot = null;
    nextIndex = Math.max(matchIndex + 1, index);
    awaitsProbe = false;
    triedFromRound = lastRound + 1;
    inFlight.clear();
  }

  /// Sends `newSnapshot` before anything else.
  OutgoingSnapshot sendFirst(Snapshot newSnapshot) {
    mode = Mode.SNAPSHOT;
    inFlight.clear();
    snapshot = new OutgoingSnapshot(newSnapshot);
    return snapshot;
  }
}
