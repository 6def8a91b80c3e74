package dev.labrys.raft.node;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Asks one node after the other until one has an answer, or time is up.
final class ClientAttempts implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long SHORTEST_PAUSE = 2 * MILLI;
  private static final long LONGEST_PAUSE = 100 * MILLI;
  private static final int QUICK_REDIRECTS = 3;

  private final ClientOptions options;
  private final List<HostPort> nodes;
  private int next;
  private @Nullable HostPort leader;
  private @Nullable ClientConnection connection;

  /// What it does if a request is executed twice.
  enum Twice {
    HARMLESS,
    HARMFUL
  }

  /// What came of a request.
  ///
  /// @param isInDoubt whether some attempt before the last may have arrived
  record Result(Reply reply, boolean isInDoubt) {}

  /// What came of one attempt.
  private sealed interface Attempt {
    record Heard(ClientConnection.Heard heard) implements Attempt {}

    /// It certainly did not arrive.
    record NotSent(String why) implements Attempt {}

    /// It may have arrived.
    record Lost(String why) implements Attempt {}
  }

  ClientAttempts(ClientOptions options) {
    this.options = options;
    this.nodes = options.nodes().stream().map(HostPort::parse).toList();
  }

  Result perform(Ask ask, long deadlineNanos, Twice twice) {
    boolean isInDoubt = false;
    Reply last = new Reply.Refused("deadline", "there was no time to ask");
    long pause = SHORTEST_PAUSE;
    int redirects = 0;
    while (deadlineNanos - System.nanoTime() > 0) {
      switch (attempt(ask, deadlineNanos, twice)) {
        case Attempt.Heard(ClientConnection.Heard(Reply reply, String hint)) -> {
          last = reply;
          if (isFinal(reply, twice)) {
            return new Result(reply, isInDoubt);
          }
          isInDoubt |= reply instanceof Reply.Unknown && !ask.isHarmless();
          boolean isHinted = go(reply, hint);
          redirects++;
          if (isHinted && redirects <= QUICK_REDIRECTS) {
            continue;
          }
        }
        case Attempt.NotSent(String why) -> {
          last = new Reply.Refused("unreachable", why);
          leave();
        }
        case Attempt.Lost(String why) -> {
          last = lost(ask, why);
          leave();
          if (twice == Twice.HARMFUL) {
            return new Result(last, isInDoubt);
          }
          isInDoubt |= !ask.isHarmless();
        }
      }
      if (!pause(pause, deadlineNanos)) {
        break;
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    return new Result(last, isInDoubt);
  }

  private static Reply lost(Ask ask, String why) {
    return ask.isHarmless() ? new Reply.Refused("lost", why) : new Reply.Unknown("lost", why);
  }

  /// Whether asking again would be of no use, or not right.
  private boolean isFinal(Reply reply, Twice twice) {
    return switch (reply) {
      case Reply.Answered _, Reply.Done _ -> true;
      case Reply.Unknown _ -> twice == Twice.HARMFUL;
      case Reply.Refused refused ->
          refused.reason().equals("too-large")
              || (refused.isRedirect() && options.redirects() == ClientOptions.Redirects.REFUSE);
    };
  }

  /// Chooses whom to ask after `reply`.
  ///
  /// @return whether somebody was named
  private boolean go(Reply reply, String hint) {
    if (!(reply instanceof Reply.Refused refused) || refused.reason().equals(Reply.BUSY.reason())) {
      return false;
    }
    leave();
    if (refused.isRedirect() && !hint.isEmpty()) {
      try {
        leader = HostPort.parse(hint);
        return true;
      } catch (IllegalArgumentException _) {
        // A node that says where another is in a way that nobody understands: ask others.
      }
    }
    return false;
  }

  private Attempt attempt(Ask ask, long deadlineNanos, Twice twice) {
    long now = System.nanoTime();
    long until = Math.min(deadlineNanos, now + options.attempt().toNanos());
    ClientConnection open;
    try {
      open = connected(until);
    } catch (IOException unreachable) {
      return new Attempt.NotSent(String.valueOf(unreachable.getMessage()));
    }
    try {
      return new Attempt.Heard(open.ask(ask, twice == Twice.HARMLESS ? until : deadlineNanos));
    } catch (IOException lost) {
      return new Attempt.Lost(String.valueOf(lost.getMessage()));
    }
  }

  private ClientConnection connected(long deadlineNanos) throws IOException {
    ClientConnection open = connection;
    if (open == null) {
      HostPort target = leader == null ? nodes.get(next % nodes.size()) : leader;
      open = ClientConnection.open(target, options.cluster(), deadlineNanos);
      connection = open;
    }
    return open;
  }

  /// Asks the next node from now on.
  private void leave() {
    close();
    if (leader == null) {
      next++;
    }
    leader = null;
  }

  /// @return whether there is time, and nobody wants this thread to end
  private static boolean pause(long nanos, long deadlineNanos) {
    LockSupport.parkNanos(Math.min(nanos, deadlineNanos - System.nanoTime()));
    return !Thread.currentThread().isInterrupted();
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
