package dev.labrys.runner;

import dev.labrys.history.HistoryFormat;
import dev.labrys.history.Seed;
import dev.labrys.synthetic.Adversary;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `labrys gen`: makes histories whose verdict is known by construction.
@Command(
    name = "gen",
    header = "Make a history whose verdict is known.",
    descriptionHeading = "%n",
    description =
        "Simulates an object that takes one call at a time, as clients of it would see it: such a"
            + " history is valid by construction. --corrupt damages it in one place, so that it"
            + " certainly is not. --adversary makes small histories that are hard to judge. Equal"
            + " options and seeds make equal histories.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys gen --model register -o run.jsonl",
      "  labrys gen --model kv --ops 100k --clients 30 --keys 1000 --crash 0.01 -o run.jsonl.gz",
      "  labrys gen --model queue --corrupt double-dequeue --seed 7 -o bad.edn",
      "  labrys gen --adversary aba --size 30 -o hard.jsonl",
      "  labrys gen --model set | labrys check -",
      "  labrys gen --list          the models, corruptions and adversaries there are"
    })
final class GenCommand implements Callable<Integer> {
  private static final int USUAL_ADVERSARY = 16;

  private final Terminal terminal;

  /// Absent: the adversary says it.
  @Option(
      names = {"-m", "--model"},
      paramLabel = "KIND",
      description = "The object to simulate; --list shows all.")
  private @Nullable String kind;

  @Option(
      names = {"-n", "--ops"},
      paramLabel = "N",
      converter = CountArgument.class,
      defaultValue = "1000",
      description = "How many operations: 1000, 100k, 2M. Default: 1000.")
  private long operations = 1000;

  @Option(
      names = {"-c", "--clients"},
      paramLabel = "N",
      converter = CountArgument.class,
      defaultValue = "5",
      description = "How many clients, each with one operation under way. Default: 5.")
  private long clients = 5;

  /// Absent: as many as suit the object.
  @Option(
      names = "--keys",
      paramLabel = "N",
      converter = CountArgument.class,
      description =
          "How many objects; in transactions, how many parts of the one. Default: 1, in"
              + " transactions 5.")
  private @Nullable Long keys;

  @Option(
      names = "--key-skew",
      paramLabel = "X",
      defaultValue = "0",
      description = "0: all keys alike, 1: by Zipf's law. Default: 0.")
  private double keySkew;

  @Option(
      names = "--crash",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Operations whose outcome stays unknown. Default: 0.")
  private double crashFraction;

  @Option(
      names = "--fail",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description = "Operations that are turned down without effect. Default: 0.")
  private double failFraction;

  /// Absent: as many as are usual for the object.
  @Option(
      names = "--reads",
      paramLabel = "FRACTION",
      description = "Operations that read, or take an element. Default: what is usual.")
  private @Nullable Double readFraction;

  @Option(
      names = "--values",
      paramLabel = "unique|N",
      converter = ValuesArgument.class,
      defaultValue = "unique",
      description = "How many different values are written; unique: none twice. Default: unique.")
  private int distinctValues = Recipe.UNIQUE;

  /// Absent: a new one.
  @Option(
      names = {"-s", "--seed"},
      paramLabel = "SEED",
      description = "Where all choices come from. Default: a new one, which is printed.")
  private @Nullable Long seed;

  /// Absent: none, the history is valid.
  @Option(
      names = "--corrupt",
      paramLabel = "KIND",
      description = "Make it invalid: stale-read, lost-update, ...; --list shows all.")
  private @Nullable String corruption;

  /// Absent: a simulation.
  @Option(
      names = "--adversary",
      paramLabel = "KIND",
      description = "Make a hard one instead of a simulation; --list shows all.")
  private @Nullable String adversary;

  /// Absent: the usual one.
  @Option(
      names = "--size",
      paramLabel = "K",
      description = "How hard an adversary is: its operations that overlap. Default: 16.")
  private @Nullable Integer size;

  /// Absent: what the name says.
  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = FormatArgument.class,
      description = "jsonl, edn, etcd-log or kv-log. Told from the name of the file if not given.")
  private @Nullable HistoryFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write, compressed if it ends in .gz. Default: standard output.")
  private String output = HistoryOutput.STANDARD_OUTPUT;

  @Option(names = "--list", description = "List what can be made.")
  private boolean list;

  GenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      terminal.print(SyntheticKinds.list());
      return ExitCode.SUCCESS.code();
    }
    MadeHistory made;
    try {
      made = make(seed == null ? newSeed() : new Seed(seed));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(Diagnosis.messageOf(e));
    }
    HistoryOutput target = new HistoryOutput(terminal, output, format);
    target.write(writer -> made.writeTo(writer, target.format()));
    if (target.isStandardOutput()) {
      terminal.warn(made.summary());
    } else {
      terminal.print("%s: %s".formatted(Printable.line(output), made.summary()));
    }
    return ExitCode.SUCCESS.code();
  }

  /// A seed that was hardly ever used before, and is short enough to be typed.
  private static Seed newSeed() {
    return new Seed(new Seed(System.nanoTime()).stream("gen.seed").nextInt(1_000_000));
  }

  private MadeHistory make(Seed from) {
    if (adversary != null) {
      requireAbsent("--model", kind);
      requireAbsent("--corrupt", corruption);
      return MadeHistory.of(
          Adversary.named(adversary), size == null ? USUAL_ADVERSARY : size, from);
    }
    requireAbsent("--size", size);
    if (kind == null) {
      throw CommandFailure.usage("say what to simulate with --model, or --adversary; see --list");
    }
    Recipe recipe = recipe(ObjectKind.named(kind)).withSeed(from);
    return corruption == null
        ? MadeHistory.of(recipe)
        : MadeHistory.of(recipe, Corruption.named(corruption));
  }

  private void requireAbsent(String option, @Nullable Object value) {
    if (value != null) {
      throw CommandFailure.usage(
          option + (adversary == null ? " needs --adversary" : " does not go with --adversary"));
    }
  }

  private Recipe recipe(ObjectKind of) {
    Recipe recipe =
        Recipe.of(of)
            .withOperations(operations)
            .withClients(bounded(clients))
            .withKeySkew(keySkew)
            .withCrashFraction(crashFraction)
            .withFailFraction(failFraction)
            .withDistinctValues(distinctValues);
    recipe = keys == null ? recipe : recipe.withKeys(bounded(keys));
    return readFraction == null ? recipe : recipe.withReadFraction(readFraction);
  }

  /// Numbers beyond all bounds are refused where the bounds are known.
  private static int bounded(long number) {
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  private static final class ValuesArgument implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.equals("unique")) {
        return Recipe.UNIQUE;
      }
      try {
        int values = Integer.parseInt(text);
        if (values > 0) {
          return values;
        }
      } catch (NumberFormatException notANumber) {
        // Said below, as for every other text that is none.
      }
      throw new TypeConversionException(
          "'%s' is neither 'unique' nor a number of values, at least 1".formatted(text));
    }
  }
}
