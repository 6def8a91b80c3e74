package dev.labrys.checker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides partitions: chooses what is run on them.
///
/// @param <S> the state of the model
final class PartitionChecker<S> {
  private final Model<S> model;
  private final Algorithm algorithm;
  private final @Nullable Procedure procedure;

  PartitionChecker(Model<S> model, Algorithm algorithm) {
    this.model = model;
    this.algorithm = algorithm;
    this.procedure = Procedure.of(model.shape());
  }

  Model<S> model() {
    return model;
  }

  Decision decide(Partition partition, Limits limits) {
    return decide(partition, limits, Long.MAX_VALUE);
  }

  /// The answer, or [Answer.Undecided] after about `most` configurations.
  Decision decide(Partition partition, Limits limits, long most) {
    boolean triesProcedure = algorithm == Algorithm.AUTO || algorithm == Algorithm.SPECIAL;
    if (triesProcedure && procedure != null) {
      Answer answer = procedure.decide(partition);
      if (answer != null) {
        return new Decision(answer, procedure.name(), 0, 0);
      }
    }
    if (algorithm == Algorithm.SPECIAL) {
      return new Decision(new Answer.GaveUp("no special procedure applies"), "none", 0, 0);
    }
    return new Competition(searches(partition, limits.memoryBytes()), limits).run(most);
  }

  private List<Search> searches(Partition partition, long memoryBytes) {
    SearchSpace space = new SearchSpace(partition, model);
    CellTransitions cell =
        model.shape() instanceof Shape.Cell shape ? CellTransitions.of(shape, space.classes) : null;
    Transitions transitions = cell != null ? cell : new ModelTransitions<>(model, space.classes);
    Guide guide = cell != null ? new CellGuide(space, cell) : new Guide();
    long share = memoryBytes / 3;
    return switch (algorithm) {
      case DEPTH_FIRST -> List.of(new DepthFirstSearch(space, transitions, guide, memoryBytes));
      case FRONTIER -> List.of(new FrontierSearch(space, transitions, memoryBytes));
      case AUTO, SEARCH, SPECIAL -> {
        List<Search> searches = new ArrayList<>();
        if (cell != null && BlockSearch.applies(cell)) {
          searches.add(new BlockSearch(space, cell, share));
        }
        searches.add(new DepthFirstSearch(space, transitions, guide, share));
        searches.add(new FrontierSearch(space, transitions, share));
        yield searches;
      }
    };
  }
}
