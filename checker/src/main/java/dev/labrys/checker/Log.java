package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.List;
import java.util.Set;

/// A log gives each record the next offset, from 0 up, and is read by offset. It starts empty.
///
/// An append may answer its offset, or `[offset record]`, or nil if the client was not told.
record Log() implements Model<ValueMap<Value>> {
  /// In place of an offset that the client was not told.
  private static final long UNSEEN = -1;

  @Override
  public String name() {
    return "log";
  }

  @Override
  public Set<String> functions() {
    return Set.of("append", "read");
  }

  @Override
  public ValueMap<Value> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Value>> step(ValueMap<Value> state, Call call) {
    return switch (call.function()) {
      case "append" -> append(state, call);
      case "read" ->
          call.mayReturn(state.find(offset(call), Value.nil())) ? List.of(state) : List.of();
      default -> throw Arguments.unknownFunction(this, call);
    };
  }

  private static List<ValueMap<Value>> append(ValueMap<Value> state, Call call) {
    Value record = Arguments.present(call, "a record");
    long seen = seenOffset(call);
    return seen == UNSEEN || seen == state.size()
        ? List.of(state.with(Value.of(state.size()), record))
        : List.of();
  }

  private static long seenOffset(Call append) {
    if (append.output().isNil()) {
      return UNSEEN;
    }
    Value offset = append.output();
    if (offset instanceof Value.Sequence pair
        && pair.size() == 2
        && pair.item(1).equals(append.input())) {
      offset = pair.item(0);
    }
    if (offset instanceof Value.Int(long number) && number >= 0) {
      return number;
    }
    throw Arguments.badOutput(append, "an offset or [offset record]", append.output());
  }

  private static Value offset(Call read) {
    if (Arguments.wholeInput(read, "an offset") < 0) {
      throw Arguments.badInput(read, "an offset from 0 up", read.input());
    }
    return read.input();
  }

  @Override
  public boolean isReadOnly(Call call) {
    return call.function().equals("read");
  }

  /// An offset is given once, and what is there stays there.
  @Override
  public boolean mayLeadTo(ValueMap<Value> state, Call call) {
    if (!call.isAnswered()) {
      return true;
    }
    if (call.function().equals("append")) {
      long seen = seenOffset(call);
      return seen == UNSEEN || seen >= state.size();
    }
    return !state.contains(offset(call)) || call.mayReturn(state.find(offset(call), Value.nil()));
  }

  @Override
  public String describe(ValueMap<Value> state) {
    return state.sorted().values().toString();
  }
}
