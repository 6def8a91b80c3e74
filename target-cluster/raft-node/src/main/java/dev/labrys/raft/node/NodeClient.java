package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Session;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client of a cluster of nodes: one that does one thing after the other.
///
/// It never says that something failed which may have happened. Commands go under the number of a
/// session, so that they are executed once however often they must be sent; with [#unprotected],
/// what may have arrived is not sent again.
///
/// Used by one thread. It waits in that thread, and starts none.
public final class NodeClient implements AutoCloseable {
  private final ClientAttempts attempts;
  private @Nullable Session session;

  public NodeClient(ClientOptions options) {
    this.attempts = new ClientAttempts(options);
  }

  /// Has `command` executed, once.
  ///
  /// @param budget how long to try
  public ClientOutcome command(Command command, Duration budget) {
    long deadline = System.nanoTime() + budget.toNanos();
    while (true) {
      if (session == null) {
        Optional<ClientOutcome> failure = openSession(deadline);
        if (failure.isPresent()) {
          return failure.get();
        }
      }
      Session mine = session;
      if (mine == null) {
        throw new IllegalStateException("a session that was opened is not there");
      }
      SessionCommand.Request request = mine.request(command.toBytes());
      ClientAttempts.Result result =
          attempts.perform(ask(request), deadline, ClientAttempts.Twice.HARMLESS);
      mine.finished(request);
      if (!isExpired(result)) {
        return outcome(result);
      }
      session = null;
      if (result.isInDoubt()) {
        return new ClientOutcome.Unknown(
            "session-expired", "the session ended while the command was under way");
      }
    }
  }

  private Optional<ClientOutcome> openSession(long deadline) {
    ClientAttempts.Result result =
        attempts.perform(ask(new SessionCommand.Open()), deadline, ClientAttempts.Twice.HARMLESS);
    if (result.reply() instanceof Reply.Answered(Bytes bytes)
        && decode(bytes) instanceof SessionAnswer.Opened opened) {
      session = new Session(opened);
      return Optional.empty();
    }
    return Optional.of(
        new ClientOutcome.Refused("no-session", "no session could be opened: " + result.reply()));
  }

  /// Has `command` executed, or does not know whether it was.
  ///
  /// @param budget how long to try
  public ClientOutcome unprotected(Command command, Duration budget) {
    SessionCommand bare = new SessionCommand.Unprotected(command.toBytes());
    long deadline = System.nanoTime() + budget.toNanos();
    return outcome(attempts.perform(ask(bare), deadline, ClientAttempts.Twice.HARMFUL));
  }

  /// Asks.
  ///
  /// @param budget how long to try
  public ClientOutcome query(Query query, Duration budget) {
    Bytes bare = new SessionCommand.Unprotected(query.toBytes()).toBytes();
    long deadline = System.nanoTime() + budget.toNanos();
    return outcome(attempts.perform(new Ask.Query(bare), deadline, ClientAttempts.Twice.HARMLESS));
  }

  private static Ask ask(SessionCommand command) {
    return new Ask.Command(command.toBytes());
  }

  private static boolean isExpired(ClientAttempts.Result result) {
    return result.reply() instanceof Reply.Answered(Bytes bytes)
        && decode(bytes) instanceof SessionAnswer.Refused(SessionAnswer.Reason reason)
        && reason == SessionAnswer.Reason.EXPIRED;
  }

  private static ClientOutcome outcome(ClientAttempts.Result result) {
    return switch (result.reply()) {
      case Reply.Answered(Bytes bytes) -> answered(bytes, result.isInDoubt());
      case Reply.Done _ -> throw new IllegalStateException("the store always answers something");
      case Reply.Refused refused -> refused(refused.reason(), refused.meaning(), result);
      case Reply.Unknown(String reason, String meaning) ->
          new ClientOutcome.Unknown(reason, meaning);
    };
  }

  private static ClientOutcome refused(
      String reason, String meaning, ClientAttempts.Result result) {
    return result.isInDoubt()
        ? new ClientOutcome.Unknown(reason, meaning)
        : new ClientOutcome.Refused(reason, meaning);
  }

  private static ClientOutcome answered(Bytes bytes, boolean isInDoubt) {
    return switch (decode(bytes)) {
      case SessionAnswer.Executed(Bytes answer) -> executed(answer);
      case SessionAnswer.Refused(SessionAnswer.Reason reason) ->
          isInDoubt
              ? new ClientOutcome.Unknown("session", reason.meaning())
              : new ClientOutcome.Refused("session", reason.meaning());
      case SessionAnswer.Opened _, SessionAnswer.Closed _ ->
          new ClientOutcome.Unknown("version", "an answer to something else");
    };
  }

  private static ClientOutcome executed(Bytes answer) {
    try {
      return new ClientOutcome.Answered(Answer.of(answer));
    } catch (WireFormatException other) {
      return new ClientOutcome.Unknown(
          "version", "an answer of another version: " + other.getMessage());
    }
  }

  private static SessionAnswer decode(Bytes bytes) {
    try {
      return SessionAnswer.of(bytes);
    } catch (WireFormatException _) {
      // Nothing that this version knows: no more than that can be said.
      return new SessionAnswer.Closed();
    }
  }

  /// Ends the connection. The session is forgotten by the cluster in its own time.
  @Override
  public void close() {
    attempts.close();
  }
}
