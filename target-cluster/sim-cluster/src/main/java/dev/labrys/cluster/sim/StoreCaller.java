package dev.labrys.cluster.sim;

import dev.labrys.history.Outcome;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Session;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Calls the store as a script says, with a session that has each command executed once.
public final class StoreCaller implements Caller {
  private final SimClient client;
  private final StoreScript script;
  private final RandomGenerator random;
  private @Nullable Session session;

  private StoreCaller(SimClient client, StoreScript script) {
    this.client = client;
    this.script = script;
    this.random = client.random("script");
  }

  /// A caller that uses `client`, for itself alone.
  public static StoreCaller of(SimClient client, StoreScript script) {
    return new StoreCaller(client, script);
  }

  @Override
  public void call(Consumer<Outcome> done) {
    StoreCall next = script.next(client.process(), random);
    switch (next.step()) {
      case Query query -> {
        Bytes bytes = new SessionCommand.Unprotected(query.toBytes()).toBytes();
        client.call(told(next, ClientCall.Kind.QUERY, bytes), done);
      }
      case Command command -> {
        Session open = session;
        if (open == null) {
          open(() -> call(next, command, done), done);
        } else {
          call(next, command, done);
        }
      }
    }
  }

  private void open(Runnable then, Consumer<Outcome> done) {
    Bytes bytes = new SessionCommand.Open().toBytes();
    client.ask(
        ClientCall.Kind.COMMAND,
        bytes,
        reply -> {
          if (reply instanceof Reply.Output(Bytes output)
              && answer(output) instanceof SessionAnswer.Opened opened) {
            session = new Session(opened);
            then.run();
          } else {
            done.accept(Outcome.failed());
          }
        });
  }

  private void call(StoreCall next, Command command, Consumer<Outcome> done) {
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("no session was opened");
    }
    SessionCommand.Request request = open.request(command.toBytes());
    client.call(
        told(next, ClientCall.Kind.COMMAND, request.toBytes()),
        outcome -> {
          open.finished(request);
          done.accept(outcome);
        });
  }

  private ClientCall told(StoreCall next, ClientCall.Kind kind, Bytes bytes) {
    return new ClientCall(
        next.function(), next.key(), next.input(), kind, bytes, output -> outcome(next, output));
  }

  private Outcome outcome(StoreCall call, Bytes output) {
    return switch (answer(output)) {
      case SessionAnswer.Executed(Bytes inner) -> call.outcome().apply(storeAnswer(inner));
      case SessionAnswer.Refused _ -> {
        session = null;
        yield Outcome.failed();
      }
      case SessionAnswer.Opened _, SessionAnswer.Closed _ ->
          throw new IllegalStateException("this does not answer a request: " + output);
    };
  }

  private static SessionAnswer answer(Bytes bytes) {
    try {
      return SessionAnswer.of(bytes);
    } catch (WireFormatException malformed) {
      throw new IllegalStateException("sessions gave an answer that is none", malformed);
    }
  }

  private static Answer storeAnswer(Bytes bytes) {
    try {
      return Answer.of(bytes);
    } catch (WireFormatException malformed) {
      throw new IllegalStateException("the store gave an answer that is none", malformed);
    }
  }
}
