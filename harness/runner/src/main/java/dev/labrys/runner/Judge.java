package dev.labrys.runner;

import dev.labrys.checker.Call;
import dev.labrys.checker.Checker;
import dev.labrys.checker.Model;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.report.Judgement;
import java.io.IOException;
import java.util.function.Function;

/// Takes histories by name, one after the other, and says what became of each. Whatever is wrong
/// with one of them is said in its own verdict, and does not keep the others from being judged.
final class Judge {
  private final HistoryInput input;
  private final ModelChoice models;
  private final KeyRule keys;
  private final Function<Model<?>, Checker> checkers;

  Judge(
      HistoryInput input, ModelChoice models, KeyRule keys, Function<Model<?>, Checker> checkers) {
    this.input = input;
    this.models = models;
    this.keys = keys;
    this.checkers = checkers;
  }

  /// @throws RuntimeException only for what is a bug of ours
  FileVerdict judge(String name) {
    try {
      return judgeReadable(name);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError wrong) {
      Diagnosis diagnosis = Diagnosis.of(wrong);
      return new FileVerdict.Refused(name, diagnosis, wrong);
    }
  }

  private FileVerdict judgeReadable(String name) throws IOException {
    History read = input.read(name);
    if (read.operations().isEmpty()) {
      return new FileVerdict.Vacuous(name, "the history has no operations");
    }
    Model<?> model = models.modelFor(read);
    History history = keys.apply(read, model);
    if (history.operations().stream().noneMatch(Operation::isOk)) {
      return new FileVerdict.Vacuous(
          name,
          "none of its %d operations succeeded, so there is no answer to be right or wrong"
              .formatted(history.size()));
    }
    Checker checker = checkers.apply(model);
    return new FileVerdict.Judged(
        name, new Judgement(name, checker.name(), history, verdict(checker, model, history)));
  }

  private Verdict verdict(Checker checker, Model<?> model, History history) {
    try {
      return checker.check(history);
    } catch (IllegalArgumentException misfit) {
      refuseCallsThatDoNotFit(model, history);
      throw misfit;
    }
  }

  /// Names the first operation that `model` can't make sense of.
  private <S> void refuseCallsThatDoNotFit(Model<S> model, History history) {
    for (Operation operation : history.operations()) {
      try {
        model.step(model.initial(), Call.of(operation));
      } catch (IllegalArgumentException misfit) {
        throw CommandFailure.usage(
            "operation %d of process %d does not fit the model %s: %s; %s"
                .formatted(
                    operation.index(),
                    operation.process(),
                    model.name(),
                    Printable.line(Diagnosis.messageOf(misfit)),
                    models.suggestion(history)));
      }
    }
  }
}
