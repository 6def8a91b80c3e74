package dev.labrys.checker;

/// Runs a [Frontier] over a whole partition.
final class FrontierSearch implements Search {
  private final SearchSpace space;
  private final Transitions transitions;
  private final Frontier frontier;
  private final long memoryLimit;
  private int opened;
  private int served;
  private boolean isServing;

  FrontierSearch(SearchSpace space, Transitions transitions, long memoryLimit) {
    this.space = space;
    this.transitions = transitions;
    this.memoryLimit = memoryLimit;
    frontier = new Frontier(transitions, true, !space.hasResets);
  }

  @Override
  public String name() {
    return "frontier search";
  }

  @Override
  public long configurations() {
    return frontier.configurations();
  }

  @Override
  public long bytes() {
    return frontier.bytes() + transitions.bytes();
  }

  @Override
  public int established() {
    return served;
  }

  @Override
  public Answer advance(long steps) {
    long limit = frontier.configurations() + steps;
    while (served < space.required()) {
      int operation = space.byReturn[served];
      if (!isServing) {
        while (opened < space.size && space.callAt[opened] < space.returnAt[operation]) {
          open(opened++);
        }
        frontier.begin(space.slot[operation]);
        isServing = true;
      }
      if (!frontier.advance(limit - frontier.configurations())) {
        return bytes() > memoryLimit ? new Answer.GaveUp("memory") : Answer.Undecided.INSTANCE;
      }
      isServing = false;
      if (!frontier.finish()) {
        return new Answer.Contradiction(
            "no order of the operations explains this answer", new int[] {operation});
      }
      served++;
    }
    return new Answer.Linearizable(frontier.order());
  }

  private void open(int operation) {
    int callClass = space.callClass[operation];
    if (space.isRequired(operation)) {
      boolean isReadOnly = space.isReadOnly[callClass];
      int slot = space.slot[operation];
      frontier.open(slot, operation, callClass, isReadOnly, space.returnAt[operation]);
    } else {
      frontier.offer(operation, callClass);
    }
  }
}
