package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Asks a node on behalf of an HTTP client, and waits.
final class HttpAsk {

  /// How much longer than the deadline it waits for the reply which says that it has passed.
  private static final long SLACK = 1_000_000_000;

  private final Node node;

  HttpAsk(Node node) {
    this.node = node;
  }

  /// @param path of the request, for a client that has to go elsewhere
  /// @param answered what the state machine's answer means
  HttpAnswer perform(Ask ask, long budgetNanos, String path, Function<Bytes, HttpAnswer> answered)
      throws InterruptedException {
    return switch (reply(ask, budgetNanos)) {
      case Reply.Answered(Bytes answer) -> answered.apply(answer);
      case Reply.Done _ -> HttpAnswer.done();
      case Reply.Refused refused -> refused(refused, path);
      case Reply.Unknown(String reason, String meaning) -> HttpAnswer.unknown(reason, meaning);
    };
  }

  private Reply reply(Ask ask, long budgetNanos) throws InterruptedException {
    try {
      return node.ask(ask, budgetNanos).get(budgetNanos + SLACK, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return new Reply.Unknown("deadline", "the server does not answer");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nobody fails these", impossible);
    }
  }

  private HttpAnswer refused(Reply.Refused refused, String path) {
    if (refused.isRedirect() && !refused.leader().equals(ServerId.NOBODY)) {
      String http = node.whereabouts(refused.leader()).http();
      if (!http.isEmpty()) {
        return HttpAnswer.redirect(refused.leader(), "http://" + http + path);
      }
    }
    int code =
        switch (refused.reason()) {
          case "impossible", "change-under-way" -> 409;
          default -> 503;
        };
    return HttpAnswer.refused(code, refused.reason(), refused.meaning());
  }
}
