package dev.labrys.lab;

import dev.labrys.cluster.sim.ClientCall;
import dev.labrys.cluster.sim.SimClient;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Session;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Step;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The clerk of 2021 to 2024: texts that are put, appended to and read, each exactly once, which a
/// session sees to.
final class SessionClerk implements Clerk {
  /// What a call that opens a session is named in a journal; it is none of the store.
  static final String OPEN = "open";

  private final SimClient client;
  private @Nullable Session session;

  SessionClerk(SimClient client) {
    this.client = client;
  }

  @Override
  public SimClient client() {
    return client;
  }

  @Override
  public void add(String key, String text, Runnable done) {
    ask("append", key, Value.of(text), new Command.Append(key, Datum.of(text)), _ -> done.run());
  }

  @Override
  public void put(String key, String text, Runnable done) {
    ask("put", key, Value.of(text), new Command.Put(key, Datum.of(text)), _ -> done.run());
  }

  @Override
  public void get(String key, Consumer<String> done) {
    ask("get", key, Value.nil(), new Query.Get(key), done);
  }

  private void ask(
      String function, String key, Value input, Step step, Consumer<String> done) {
    Session open = session;
    if (open == null) {
      open(() -> ask(function, key, input, step, done));
      return;
    }
    SessionCommand.Request request = open.request(step.toBytes());
    client.call(
        new ClientCall(
            function,
            Value.of(key),
            input,
            ClientCall.Kind.COMMAND,
            request.toBytes(),
            SessionClerk::outcome),
        outcome -> {
          open.finished(request);
          if (outcome instanceof Outcome.Ok(Value output)) {
            done.accept(output instanceof Value.Text(String text) ? text : "");
          }
        });
  }

  private void open(Runnable then) {
    Function<Bytes, Outcome> opened =
        answer -> {
          if (!(read(answer) instanceof SessionAnswer.Opened open)) {
            throw new LabFailure("a session could not be opened");
          }
          session = new Session(open);
          return Outcome.ok(Value.nil());
        };
    client.call(
        new ClientCall(
            OPEN,
            Value.nil(),
            Value.nil(),
            ClientCall.Kind.COMMAND,
            new SessionCommand.Open().toBytes(),
            opened),
        outcome -> {
          if (outcome instanceof Outcome.Ok) {
            then.run();
          }
        });
  }

  private static SessionAnswer read(Bytes answer) {
    try {
      return SessionAnswer.of(answer);
    } catch (WireFormatException wrong) {
      throw new LabFailure("a server gave an answer that is none", wrong);
    }
  }

  private static Outcome outcome(Bytes bytes) {
    if (!(read(bytes) instanceof SessionAnswer.Executed(Bytes inside))) {
      throw new LabFailure("a session refused a request: " + read(bytes));
    }
    try {
      return switch (Answer.of(inside)) {
        case Answer.Done _ -> Outcome.ok(Value.nil());
        case Answer.Found(Datum.Text text) -> Outcome.ok(Value.of(text.text()));
        case Answer.Found(Datum.Nothing _) -> Outcome.ok(Value.of(""));
        case Answer other -> throw new LabFailure("the store gave an answer that fits nothing: " + other);
      };
    } catch (WireFormatException wrong) {
      throw new LabFailure("the store gave an answer that is none", wrong);
    }
  }
}
