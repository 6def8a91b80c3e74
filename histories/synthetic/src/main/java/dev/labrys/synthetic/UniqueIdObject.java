package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// A source of numbers that gives out none twice.
final class UniqueIdObject implements SequentialObject {
  private long last;

  @Override
  public Request choose(int client, Chooser chooser) {
    return new Request(client, "generate");
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    last += 1 + chooser.dice().below(3);
    return Outcome.ok(Value.of(last));
  }
}
