package dev.labrys.runner;

import dev.labrys.checker.Algorithm;
import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.SearchBudget;
import dev.labrys.history.HistoryFormat;
import dev.labrys.history.ReadOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `labrys check`: judges histories.
@Command(
    name = "check",
    header = "Judge recorded histories.",
    descriptionHeading = "%n",
    description = {
      "Says of each history whether a correct object could have answered as it says, and if not,"
          + " why not. One history is explained; of many, each gets a line, and the worst decides"
          + " how the command ends: invalid, then not judged, inconclusive, unknown, vacuous,"
          + " valid.",
      "",
      "The folder of a run that 'labrys run' has kept is judged as a whole, also if its runner was"
          + " killed; its verdict and its report are written again."
    },
    parameterListHeading = "%nHistories:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys check run.jsonl --model cas-register   judge one history and explain the verdict",
      "  labrys check run.jsonl --html run.html        draw it; the file needs no network",
      "  labrys check runs/ --model kv --timeout 10s   all histories below a folder, a line each",
      "  labrys check store/history.edn --model kv --keys tuple",
      "                                                a Jepsen history of independent keys",
      "  labrys check *.jsonl --json | jq .totals      for programs",
      "  labrys check runs/20261121T101500-mixed       a whole run again",
      "  zcat run.edn.gz | labrys check - -m set -q && echo fine"
    })
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, folders (all histories below them), or - for standard input.")
  private List<String> files = List.of();

  /// Absent: the history must name its own.
  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "What the histories are about; 'labrys models' lists all. A history that names"
              + " its own model needs none.")
  private @Nullable String model;

  /// Absent: told from the content.
  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = FormatArgument.class,
      description = "jsonl, edn, etcd-log or kv-log. Told from the content if not given.")
  private @Nullable HistoryFormat format;

  @Option(
      names = "--keys",
      paramLabel = "WHERE",
      converter = KeyRuleArgument.class,
      defaultValue = "auto",
      description =
          "Where the key of an operation is: its own field, the first half of a tuple [key value],"
              + " none (all operations are on one object), or auto: tuple for the models kv,"
              + " kv-append and kv-string if no operation has a key field, else field.")
  private KeyRule keys = KeyRule.AUTO;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /// Absent: no pages.
  @Option(
      names = "--html",
      paramLabel = "OUT",
      description = "Also draw the verdict: into a file for one history, a folder for many.")
  private @Nullable String html;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "1m",
      description =
          "How long one history may take before its verdict is unknown: 500ms, 30s, 2m."
              + " Default: 1m.")
  private Duration timeout = Duration.ofMinutes(1);

  /// Absent: a fraction of the heap.
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeArgument.class,
      description =
          "What the search may hold before the verdict is unknown: 512M, 2G. Default: a"
              + " quarter of the heap.")
  private @Nullable Long memoryBytes;

  @Option(
      names = {"-a", "--algorithm"},
      paramLabel = "NAME",
      converter = AlgorithmArgument.class,
      defaultValue = "auto",
      description =
          "How to decide: auto, search (no special procedures), depth-first, frontier, or"
              + " special (no search). Default: auto.")
  private Algorithm algorithm = Algorithm.AUTO;

  /// Absent: every processor.
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many keys are searched at the same time. Default: every processor.")
  private @Nullable Integer threads;

  @Option(
      names = {"-v", "--explain"},
      description = "Explain every verdict, of many histories, too.")
  private boolean explain;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors; the exit code tells.")
  private boolean quiet;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunCheck runs = new RunCheck(terminal, budget(), json, quiet);
    if (model == null && runs.applies(files)) {
      return runs.judge(files).code();
    }
    SearchBudget budget = budget();
    ModelChoice models = ModelChoice.of(model, keys);
    HistoryFiles histories = HistoryFiles.of(terminal, files);
    ReadOptions standard = ReadOptions.standard();
    ReadOptions options = format == null ? standard : standard.withFormat(format);
    Judge judge =
        new Judge(
            new HistoryInput(terminal, options),
            models,
            keys,
            chosen -> LinearizabilityChecker.of(chosen).within(budget).using(algorithm));
    Tally tally = new Tally();
    FirstEnd output = new FirstEnd(output(histories, tally), tally);
    ProgressLine progress = new ProgressLine(terminal, histories.names().size());
    terminal.onInterrupt(() -> {
      progress.clear();
      output.end(VerdictOutput.Ending.INTERRUPTED);
    });
    HtmlPages pages =
        html == null ? HtmlPages.nowhere(terminal) : HtmlPages.in(terminal, html, histories);
    judgeAll(
        judge,
        histories.names(),
        progress,
        verdict -> {
          output.add(verdict);
          pages.add(verdict, tally);
        });
    output.end(VerdictOutput.Ending.COMPLETE);
    return tally.exitCode().code();
  }

  private void judgeAll(
      Judge judge, List<String> names, ProgressLine progress, Consumer<FileVerdict> sink) {
    int done = 0;
    for (String name : names) {
      if (!quiet) {
        progress.show(done, name);
      }
      done++;
      FileVerdict verdict = judge.judge(name);
      progress.clear();
      sink.accept(verdict);
      if (verdict instanceof FileVerdict.Refused refused) {
        terminal.trace(refused.diagnosis(), refused.wrong());
      }
    }
  }

  private VerdictOutput output(HistoryFiles histories, Tally tally) throws IOException {
    if (json) {
      return new JsonOutput(terminal, tally);
    }
    if (quiet) {
      return VerdictOutput.silent(terminal);
    }
    TextOutput.Detail detail =
        explain || !histories.areMany() ? TextOutput.Detail.EXPLANATION : TextOutput.Detail.LINE;
    return new TextOutput(terminal, detail, tally, histories);
  }

  private SearchBudget budget() {
    try {
      SearchBudget budget = SearchBudget.standard().withTimeout(timeout);
      budget = memoryBytes == null ? budget : budget.withMemoryBytes(memoryBytes);
      return threads == null ? budget : budget.withThreads(threads);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(Diagnosis.messageOf(e));
    }
  }

  private static final class KeyRuleArgument implements ITypeConverter<KeyRule> {
    @Override
    public KeyRule convert(String text) {
      return Choice.among(KeyRule.values(), text);
    }
  }

  private static final class AlgorithmArgument implements ITypeConverter<Algorithm> {
    @Override
    public Algorithm convert(String text) {
      return Choice.among(Algorithm.values(), text);
    }
  }
}
