package dev.labrys.lab;

import dev.labrys.cluster.sim.SimClient;
import dev.labrys.cluster.sim.StoreCaller;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Step;
import java.util.function.Consumer;

/// The clerk of 2021 to 2024: texts that are put, appended to and read, each exactly once, which a
/// session sees to.
final class SessionClerk implements Clerk {
  private static final StoreCall NOTHING = call("get", "", Value.nil(), new Query.Get(""));

  private final SimClient client;
  private final StoreCaller caller;
  private StoreCall next = NOTHING;

  SessionClerk(SimClient client) {
    this.client = client;
    this.caller = StoreCaller.of(client, (_, _) -> next);
  }

  @Override
  public SimClient client() {
    return client;
  }

  @Override
  public void add(String key, String text, Runnable done) {
    Command append = new Command.Append(key, Datum.of(text));
    ask(call("append", key, Value.of(text), append), _ -> done.run());
  }

  @Override
  public void put(String key, String text, Runnable done) {
    Command put = new Command.Put(key, Datum.of(text));
    ask(call("put", key, Value.of(text), put), _ -> done.run());
  }

  @Override
  public void get(String key, Consumer<String> done) {
    ask(call("get", key, Value.nil(), new Query.Get(key)), done);
  }

  private static StoreCall call(String function, String key, Value input, Step step) {
    return new StoreCall(function, Value.of(key), input, step, SessionClerk::outcome);
  }

  private void ask(StoreCall call, Consumer<String> done) {
    next = call;
    caller.call(outcome -> {
      if (!(outcome instanceof Outcome.Ok(Value output))) {
        throw new LabFailure("the store refused a call of an open session");
      }
      done.accept(output instanceof Value.Text(String text) ? text : "");
    });
  }

  private static Outcome outcome(Answer answer) {
    return switch (answer) {
      case Answer.Done _ -> Outcome.ok(Value.nil());
      case Answer.Found(Datum.Text text) -> Outcome.ok(Value.of(text.text()));
      case Answer.Found(Datum.Nothing _) -> Outcome.ok(Value.of(""));
      default -> throw new LabFailure("the store gave an answer that fits nothing: " + answer);
    };
  }
}
