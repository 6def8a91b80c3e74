package dev.labrys.runner;

import dev.labrys.checker.Model;
import dev.labrys.checker.ModelDescription;
import dev.labrys.checker.Models;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `labrys models`: says what can be judged.
@Command(
    name = "models",
    header = "List the models, or tell about one.",
    descriptionHeading = "%n",
    description =
        "A model is an object as it should be: what it may answer when it is asked one thing at a"
            + " time. A history is judged by a model that knows all its functions.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys models          all of them, a line each",
      "  labrys models queue    the functions of one, with what they take and answer"
    })
final class ModelsCommand implements Callable<Integer> {
  private final Terminal terminal;

  /// Absent: all of them.
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The model to tell about; all of them if not given.")
  private @Nullable String name;

  ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (name == null) {
      list(Models.descriptions());
    } else {
      tell(ModelChoice.named(name));
    }
    return ExitCode.SUCCESS.code();
  }

  private void list(List<ModelDescription> models) {
    for (ModelDescription model : models) {
      terminal.print("%-16s %s%n".formatted(model.name(), model.summary()));
    }
  }

  private void tell(Model<?> model) {
    ModelDescription description =
        Models.descriptions().stream()
            .filter(each -> each.name().equals(model.name()))
            .findFirst()
            .orElseThrow();
    terminal.print("%s: %s%n%n".formatted(description.name(), description.summary()));
    terminal.print("  %-12s %-34s %s%n".formatted("function", "takes", "answers"));
    for (ModelDescription.Function function : description.functions()) {
      terminal.print(
          "  %-12s %-34s %s%n"
              .formatted(
                  function.name(), orNothing(function.input()), orNothing(function.answer())));
    }
    terminal.print(
        model.isKeyed()
            ? "%nEvery key is an object of its own, and is judged by itself.%n".formatted()
            : "%nAll operations are on one object; keys are part of its values.%n".formatted());
  }

  private static String orNothing(String part) {
    return part.isEmpty() ? "-" : part;
  }
}
