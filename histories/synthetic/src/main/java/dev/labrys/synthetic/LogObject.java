package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// A list of records with offsets from 0 on: an append answers the offset of its record, a read
/// answers the record at an offset, nil if there is none yet.
final class LogObject implements SequentialObject {
  private final List<Value> records = new ArrayList<>();

  @Override
  public Request choose(int client, Chooser chooser) {
    return chooser.reads()
        ? new Request(client, "read", Value.of(chooser.dice().below(records.size() + 1)))
        : new Request(client, "append", chooser.value());
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    if (request.function().equals("append")) {
      records.add(request.input());
      return Outcome.ok(Value.of(records.size() - 1));
    }
    long offset = ((Value.Int) request.input()).number();
    return Outcome.ok(offset < records.size() ? records.get((int) offset) : Value.nil());
  }
}
