package dev.labrys.runner;

import dev.labrys.checker.Model;
import dev.labrys.checker.Models;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which model a history is judged by: the one the user names, else the one the history itself
/// names. Never a guess: a model that happens to fit would answer a question nobody asked.
final class ModelChoice {
  /// How many operations are looked at to say which models would fit.
  private static final int SAMPLE = 1000;

  /// Absent: each history names its own.
  private final @Nullable Model<?> chosen;

  private final KeyRule keys;

  private ModelChoice(@Nullable Model<?> chosen, KeyRule keys) {
    this.chosen = chosen;
    this.keys = keys;
  }

  /// @param name the name of a model, or null for those that the histories name
  static ModelChoice of(@Nullable String name, KeyRule keys) {
    return new ModelChoice(name == null ? null : named(name), keys);
  }

  static Model<?> named(String name) {
    try {
      return Models.named(name);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(Diagnosis.messageOf(e));
    }
  }

  Model<?> modelFor(History history) {
    Optional<String> own = Remarks.modelAmong(history.annotations());
    if (chosen == null && own.isEmpty()) {
      throw CommandFailure.usage(
          "the history does not name its model, so --model must; " + suggestion(history));
    }
    Model<?> model = chosen == null ? named(own.orElseThrow()) : chosen;
    SortedSet<String> strange = functions(history);
    strange.removeAll(model.functions());
    if (!strange.isEmpty()) {
      throw CommandFailure.usage(
          "the model %s does not know %s (it knows %s); %s"
              .formatted(
                  model.name(),
                  Printable.line(String.join(", ", strange)),
                  String.join(", ", new TreeSet<>(model.functions())),
                  suggestion(history)));
    }
    return model;
  }

  /// Which models would fit `history`, in words.
  String suggestion(History history) {
    List<Model<?>> fitting = fitting(history);
    return fitting.isEmpty()
        ? "no model knows all of " + Printable.line(String.join(", ", functions(history)))
        : fitting.stream().map(Model::name).collect(Collectors.joining(", ", "fitting: ", ""));
  }

  private List<Model<?>> fitting(History history) {
    SortedSet<String> functions = functions(history);
    History sample = new History(history.operations().subList(0, Math.min(SAMPLE, history.size())));
    return Models.all().stream()
        .filter(model -> model.functions().containsAll(functions))
        .filter(model -> fits(model, sample))
        .toList();
  }

  private boolean fits(Model<?> model, History sample) {
    try {
      return Models.fitting(keys.apply(sample, model)).contains(model);
    } catch (CommandFailure hasOtherKeys) {
      return false;
    }
  }

  private static SortedSet<String> functions(History history) {
    SortedSet<String> functions = new TreeSet<>();
    for (Operation operation : history.operations()) {
      functions.add(operation.function());
    }
    return functions;
  }
}
