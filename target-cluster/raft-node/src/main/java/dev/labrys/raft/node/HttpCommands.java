package dev.labrys.raft.node;

import com.sun.net.httpserver.HttpExchange;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Step;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What HTTP clients ask the store.
final class HttpCommands {
  private static final Pattern KEY =
      Pattern.compile("([1-9][0-9]{0,17})-([1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17}))?");
  private static final Pattern SESSION = Pattern.compile("/v1/sessions/([1-9][0-9]{0,17})");
  private static final Pattern MILLIS = Pattern.compile("([1-9][0-9]{0,8})(ms|s)");
  private static final long MILLI = 1_000_000;

  private final HttpAsk asking;
  private final NodeOptions options;

  HttpCommands(Node node, NodeOptions options) {
    this.asking = new HttpAsk(node);
    this.options = options;
  }

  HttpAnswer answer(HttpExchange exchange, String path, byte[] body)
      throws BadRequestException, InterruptedException {
    String method = exchange.getRequestMethod();
    Matcher session = SESSION.matcher(path);
    if (path.equals("/v1/command") && method.equals("POST")) {
      return command(exchange, StepJson.read(Json.parse(body)));
    }
    if (path.equals("/v1/sessions") && method.equals("POST")) {
      return perform(exchange, ask(new SessionCommand.Open()));
    }
    if (session.matches() && method.equals("DELETE")) {
      return perform(exchange, ask(new SessionCommand.Close(Long.parseLong(session.group(1)))));
    }
    return HttpAnswer.refused(
        404,
        "not-found",
        "there are POST /v1/command, POST /v1/sessions, DELETE /v1/sessions/{session}");
  }

  private HttpAnswer command(HttpExchange exchange, Step step)
      throws BadRequestException, InterruptedException {
    Optional<String> key = header(exchange, "Idempotency-Key");
    if (step instanceof Query) {
      // Asking twice is harmless.
      return perform(
          exchange, new Ask.Query(new SessionCommand.Unprotected(step.toBytes()).toBytes()));
    }
    return perform(
        exchange,
        ask(
            key.isEmpty()
                ? new SessionCommand.Unprotected(step.toBytes())
                : request(key.get(), step.toBytes())));
  }

  private static Ask ask(SessionCommand command) {
    return new Ask.Command(command.toBytes());
  }

  private static SessionCommand request(String key, Bytes step) throws BadRequestException {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      throw new BadRequestException(
          "Idempotency-Key is session-number, or session-number-lowest where lowest is the lowest"
              + " number that has not been answered; POST /v1/sessions opens a session");
    }
    long number = Long.parseLong(matcher.group(2));
    long lowest = matcher.group(3) == null ? number : Long.parseLong(matcher.group(3));
    return new SessionCommand.Request(Long.parseLong(matcher.group(1)), number, lowest, step);
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private HttpAnswer perform(HttpExchange exchange, Ask ask)
      throws BadRequestException, InterruptedException {
    String path = exchange.getRequestURI().getRawPath();
    return asking.perform(ask, budget(exchange), path, HttpCommands::answered);
  }

  private long budget(HttpExchange exchange) throws BadRequestException {
    long most = options.limits().requestNanos();
    Optional<String> timeout = header(exchange, "Request-Timeout");
    if (timeout.isEmpty()) {
      return most;
    }
    Matcher matcher = MILLIS.matcher(timeout.get());
    if (!matcher.matches()) {
      throw new BadRequestException("Request-Timeout is a time such as 250ms or 5s");
    }
    long unit = matcher.group(2).equals("s") ? 1_000 * MILLI : MILLI;
    return Math.min(most, Long.parseLong(matcher.group(1)) * unit);
  }

  private static HttpAnswer answered(Bytes bytes) {
    try {
      return switch (SessionAnswer.of(bytes)) {
        case SessionAnswer.Opened(long session) ->
            HttpAnswer.of(
                200,
                json -> {
                  json.writeStringField("outcome", "ok");
                  json.writeNumberField("session", session);
                });
        case SessionAnswer.Closed _ -> HttpAnswer.done();
        case SessionAnswer.Executed(Bytes answer) -> executed(Answer.of(answer));
        case SessionAnswer.Refused(SessionAnswer.Reason reason) ->
            HttpAnswer.refused(409, "session-" + word(reason), reason.meaning());
      };
    } catch (WireFormatException other) {
      return HttpAnswer.unknown("version", "an answer of another version: " + other.getMessage());
    }
  }

  private static HttpAnswer executed(Answer answer) {
    if (answer instanceof Answer.Refused(Answer.Reason reason)) {
      return HttpAnswer.refused(409, word(reason), reason.meaning());
    }
    return HttpAnswer.of(
        200,
        json -> {
          json.writeStringField("outcome", "ok");
          json.writeFieldName("value");
          AnswerJson.write(json, answer);
        });
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
