package dev.labrys.checker;

/// Runs a [Frontier] over a whole partition.
final class FrontierSearch implements Search {
  /// How many `long`s of masks may be added before the memory limit is looked at.
  private static final long UNCHECKED_WORDS = 1 << 14;

  private final SearchSpace space;
  private final Transitions transitions;
  private final Frontier frontier;
  private final long memoryLimit;
  private int opened;
  private int served;
  private boolean isServing;

  /// How many configurations may be continued before the memory limit is looked at. Each may be
  /// continued by every open operation, so a few of them can need very much.
  private final long unchecked;

  FrontierSearch(SearchSpace space, Transitions transitions, long memoryLimit) {
    this.space = space;
    this.transitions = transitions;
    this.memoryLimit = memoryLimit;
    long continuations = (long) Long.SIZE * space.words + space.optional.length;
    unchecked = Math.max(1, UNCHECKED_WORDS / Math.max(1, continuations * (space.words + 1)));
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
      while (!frontier.advance(Math.min(limit - frontier.configurations(), unchecked))) {
        if (bytes() > memoryLimit) {
          return new Answer.GaveUp(Answer.GaveUp.MEMORY);
        }
        if (frontier.configurations() >= limit) {
          return Answer.Undecided.INSTANCE;
        }
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
