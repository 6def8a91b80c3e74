package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// A text, empty at first, that can be read, replaced and appended to.
final class StringObject implements SequentialObject {
  private static final double PUT_FRACTION = 0.1;

  private final StringBuilder text = new StringBuilder();

  @Override
  public Request choose(int client, Chooser chooser) {
    if (chooser.readsWhole(text.length() / 8)) {
      return new Request(client, "get");
    }
    String function = chooser.dice().chance(PUT_FRACTION) ? "put" : "append";
    return new Request(client, function, Value.of("x " + chooser.number() + " y"));
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    if (request.function().equals("get")) {
      return Outcome.ok(Value.of(text.toString()));
    }
    if (request.function().equals("put")) {
      text.setLength(0);
    }
    text.append(((Value.Text) request.input()).text());
    return Outcome.ok(Value.nil());
  }
}
