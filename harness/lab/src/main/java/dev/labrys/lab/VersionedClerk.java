package dev.labrys.lab;

import dev.labrys.cluster.sim.ClientCall;
import dev.labrys.cluster.sim.SimClient;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.lab.VersionedStore.Held;
import dev.labrys.lab.VersionedText.State;
import dev.labrys.raft.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The clerk of 2025: texts with versions, and no sessions.
///
/// A put that was sent more than once may be refused although an earlier copy of it was not. The
/// course then says "maybe". This clerk puts no text twice, and looks at what the store holds
/// instead: if that is what it put, it was not refused; if it is the next version and another text,
/// somebody else was faster. Only beyond that nobody knows.
final class VersionedClerk implements Clerk {
  private final SimClient client;
  private final Map<String, Long> versions = new HashMap<>();

  VersionedClerk(SimClient client) {
    this.client = client;
  }

  @Override
  public SimClient client() {
    return client;
  }

  @Override
  public void add(String key, String text, Runnable done) {
    tryToPut(key, text, _ -> done.run());
  }

  @Override
  public void put(String key, String text, Runnable done) {
    tryToPut(
        key,
        text,
        outcome -> {
          if (outcome.equals(Outcome.ok(Value.of(true)))) {
            done.run();
          } else {
            put(key, text, done);
          }
        });
  }

  private void tryToPut(String key, String text, Consumer<Outcome> done) {
    long version = versions.getOrDefault(key, 0L);
    Value input = VersionedText.shown(new State(Value.of(text), version));
    call(
        "put",
        key,
        input,
        VersionedStore.put(key, text, version),
        answer -> outcome(answer, text, version),
        done);
  }

  private static Outcome outcome(String answer, String text, long version) {
    if (!answer.startsWith("! ")) {
      return Outcome.ok(Value.of(true));
    }
    Held held = Held.of(answer.substring(2));
    if (held.version() > version + 1) {
      return Outcome.unknown();
    }
    boolean isMine = held.version() == version + 1 && held.text().equals(text);
    return Outcome.ok(Value.of(isMine));
  }

  @Override
  public void get(String key, Consumer<String> done) {
    call(
        "get",
        key,
        Value.nil(),
        VersionedStore.get(key),
        answer -> {
          Held held = Held.of(answer);
          return Outcome.ok(VersionedText.shown(new State(Value.of(held.text()), held.version())));
        },
        outcome -> {
          if (outcome instanceof Outcome.Ok(Value.Sequence shown)
              && shown.item(0) instanceof Value.Text(String text)) {
            done.accept(text);
          }
        });
  }

  private void call(
      String function,
      String key,
      Value input,
      Bytes bytes,
      Meaning meaning,
      Consumer<Outcome> done) {
    client.call(
        new ClientCall(
            function,
            Value.of(key),
            input,
            function.equals("get") ? ClientCall.Kind.QUERY : ClientCall.Kind.COMMAND,
            bytes,
            answer -> {
              String text = answer.text();
              versions.put(
                  key, Held.of(text.startsWith("! ") ? text.substring(2) : text).version());
              return meaning.of(text);
            }),
        done);
  }

  private interface Meaning {
    Outcome of(String answer);
  }
}
