package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// A list that is appended to, and read as a whole.
final class ListObject implements SequentialObject {
  private final List<Value> items = new ArrayList<>();

  @Override
  public Request choose(int client, Chooser chooser) {
    return chooser.readsWhole(items.size())
        ? new Request(client, "read")
        : new Request(client, "append", chooser.value());
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    if (request.function().equals("read")) {
      return Outcome.ok(new Value.Sequence(items));
    }
    items.add(request.input());
    return Outcome.ok(Value.nil());
  }
}
