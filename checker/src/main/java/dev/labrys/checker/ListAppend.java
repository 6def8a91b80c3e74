package dev.labrys.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Lists by key, which start empty, and transactions that append to some and read some, all at
/// once. A history is allowed if it is strictly serializable.
record ListAppend() implements Model<ValueMap<Chain>> {
  @Override
  public String name() {
    return "list-append";
  }

  @Override
  public Set<String> functions() {
    return Set.of("txn");
  }

  @Override
  public boolean isKeyed() {
    return false;
  }

  @Override
  public ValueMap<Chain> initial() {
    return ValueMap.empty();
  }

  @Override
  public List<ValueMap<Chain>> step(ValueMap<Chain> state, Call call) {
    ValueMap<Chain> after = state;
    for (MicroOperation step : steps(call)) {
      Chain list = after.find(step.key(), Chain.EMPTY);
      if (!step.isRead()) {
        after = after.with(step.key(), list.with(step.value()));
      } else if (step.isSeen() && !list.holdsExactly(Arguments.list(call, step.value()))) {
        return List.of();
      }
    }
    return List.of(after);
  }

  private List<MicroOperation> steps(Call call) {
    if (!call.function().equals("txn")) {
      throw Arguments.unknownFunction(this, call);
    }
    return MicroOperation.of(call, "append");
  }

  @Override
  public boolean isReadOnly(Call call) {
    for (MicroOperation step : steps(call)) {
      if (!step.isRead()) {
        return false;
      }
    }
    return true;
  }

  /// What is in a list stays in front for good, of what the transaction itself appended too.
  @Override
  public boolean mayLeadTo(ValueMap<Chain> state, Call call) {
    for (MicroOperation step : steps(call)) {
      boolean isContradicted =
          step.isSeen()
              && !state
                  .find(step.key(), Chain.EMPTY)
                  .isPrefixOf(Arguments.list(call, step.value()));
      if (isContradicted) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Shape shape() {
    return new Shape.AppendOnlyLists(this::shapedSteps);
  }

  private List<Shape.AppendOnlyLists.Step> shapedSteps(Call call) {
    List<Shape.AppendOnlyLists.Step> shaped = new ArrayList<>();
    for (MicroOperation step : steps(call)) {
      if (!step.isRead()) {
        shaped.add(new Shape.AppendOnlyLists.Append(step.key(), step.value()));
      } else if (step.isSeen()) {
        shaped.add(
            new Shape.AppendOnlyLists.ReadAll(step.key(), Arguments.list(call, step.value())));
      }
    }
    return shaped;
  }
}
