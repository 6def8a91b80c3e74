package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// A sum, zero at first.
final class CounterObject implements SequentialObject {
  private long total;

  @Override
  public Request choose(int client, Chooser chooser) {
    return chooser.reads()
        ? new Request(client, "read")
        : new Request(client, "add", Value.of(chooser.amount()));
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    if (request.function().equals("read")) {
      return Outcome.ok(Value.of(total));
    }
    total += ((Value.Int) request.input()).number();
    return Outcome.ok(Value.nil());
  }
}
