package dev.labrys.checker;

import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides partitions: chooses what is run on them.
///
/// @param <S> the state of the model
final class PartitionChecker<S> {
  private final Model<S> model;
  private final Shape shape;
  private final Algorithm algorithm;
  private final @Nullable Procedure procedure;
  private final IdentityHashMap<Operation, String> evidence;

  /// @param evidence how one knows of operations of unknown outcome what became of them
  PartitionChecker(
      Model<S> model, Algorithm algorithm, IdentityHashMap<Operation, String> evidence) {
    this(model, model.shape(), algorithm, evidence);
  }

  private PartitionChecker(
      Model<S> model,
      Shape shape,
      Algorithm algorithm,
      IdentityHashMap<Operation, String> evidence) {
    this.model = model;
    this.shape = shape;
    this.algorithm = algorithm;
    this.evidence = evidence;
    this.procedure = Procedure.of(shape);
  }

  /// The same for cells that hold another value at the start; null if the model is not a cell.
  @Nullable PartitionChecker<S> startingFrom(Value value) {
    return shape instanceof Shape.Cell cell
        ? new PartitionChecker<>(
            model, new Shape.Cell(value, cell.interpret()), algorithm, evidence)
        : null;
  }

  Shape shape() {
    return shape;
  }

  Model<S> model() {
    return model;
  }

  /// What somebody's evidence says of an operation; empty if it says nothing.
  String evidence(Operation operation) {
    return evidence.getOrDefault(operation, "");
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
    // Procedures know by themselves what the history says of optional operations.
    Narrowing narrowing = Narrowing.of(partition, model, shape);
    try {
      List<Search> searches = searches(narrowing.partition(), limits.memoryBytes());
      return narrowing.translate(new Competition(searches, limits).run(most));
    } catch (OutOfMemoryError exhausted) {
      // States may weigh more than the tables reckon with. The searches are garbage by now.
      return new Decision(new Answer.GaveUp(Answer.GaveUp.MEMORY), "searches", 0, 0);
    }
  }

  private List<Search> searches(Partition partition, long memoryBytes) {
    SearchSpace space = new SearchSpace(partition, model);
    CellTransitions cell =
        shape instanceof Shape.Cell it ? CellTransitions.of(it, space.classes) : null;
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
