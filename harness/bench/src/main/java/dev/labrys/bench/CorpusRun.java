package dev.labrys.bench;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.checker.Verdict;
import dev.labrys.history.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bench corpus`: judges a whole folder of histories of known verdict, and says how long each
/// took.
///
/// Every history is judged `--warmups` times by way of warm-up, the whole corpus over and over, so
/// that none of them is alone in training the compiler. Then each is judged `--runs` times, and the
/// median counts.
@Command(
    name = "corpus",
    header = "Judge every history of a corpus, and time it.",
    mixinStandardHelpOptions = true,
    description =
        "FOLDER holds expected.tsv, which names the histories, their models and verdicts. They are"
            + " anywhere below FOLDER, or in .tar.gz archives directly in it.")
final class CorpusRun implements Callable<Integer> {
  private static final int NANOS_PER_MILLI = 1_000_000;

  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "Where the corpus is.")
  private Path folder = Path.of("");

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "15",
      description = "How often each history is judged; the median counts. Default: 15.")
  private int runs = 15;

  @Option(
      names = "--warmups",
      paramLabel = "N",
      defaultValue = "100",
      description = "How often the whole corpus is judged before. Default: 100.")
  private int warmups = 100;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long one verdict may take before it is unknown. Default: 60.")
  private int timeoutSeconds = 60;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many keys of a history are judged at the same time. Default: 1.")
  private int threads = 1;

  @Option(
      names = "--proof",
      description = "Make and verify the proof of each verdict too, not the verdict alone.")
  private boolean isProved;

  private record Timed(Corpus.Entry entry, int operations, Status status, double millis) {
    boolean isRight() {
      return status == entry.expected();
    }
  }

  @Override
  public Integer call() throws IOException {
    requirePositive("--runs", runs);
    requirePositive("--timeout", timeoutSeconds);
    requirePositive("--threads", threads);
    if (warmups < 0) {
      throw new ParameterException(spec.commandLine(), "--warmups must not be negative");
    }
    Corpus corpus = Corpus.in(folder);
    List<History> histories = new ArrayList<>();
    for (Corpus.Entry entry : corpus.entries()) {
      histories.add(corpus.history(entry));
    }
    for (int round = 0; round < warmups; round++) {
      for (int i = 0; i < histories.size(); i++) {
        judge(corpus.entries().get(i), histories.get(i));
      }
    }
    List<Timed> results = new ArrayList<>();
    for (int i = 0; i < histories.size(); i++) {
      results.add(time(corpus.entries().get(i), histories.get(i)));
    }
    report(results);
    return results.stream().allMatch(Timed::isRight) ? Bench.SUCCESS : Bench.FAILURE;
  }

  private void requirePositive(String option, int number) {
    if (number < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s must be at least 1, not %d".formatted(option, number));
    }
  }

  private Status judge(Corpus.Entry entry, History history) {
    LinearizabilityChecker checker =
        LinearizabilityChecker.of(entry.model())
            .within(
                SearchBudget.standard()
                    .withThreads(threads)
                    .withTimeout(Duration.ofSeconds(timeoutSeconds)));
    if (!isProved) {
      return checker.decide(history);
    }
    return switch (checker.check(history)) {
      case Verdict.Valid _ -> Status.VALID;
      case Verdict.Invalid _ -> Status.INVALID;
      case Verdict.Undecided _ -> Status.UNKNOWN;
    };
  }

  private Timed time(Corpus.Entry entry, History history) {
    long[] nanos = new long[runs];
    Status status = Status.UNKNOWN;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      status = judge(entry, history);
      nanos[run] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Timed(entry, history.size(), status, (double) nanos[runs / 2] / NANOS_PER_MILLI);
  }

  private void report(List<Timed> results) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, List<Timed>> groups = new LinkedHashMap<>();
    for (Timed timed : results) {
      groups.computeIfAbsent(timed.entry().group(), group -> new ArrayList<>()).add(timed);
      out.printf(
          Locale.ROOT,
          "%-36s %-12s %7d ops  %-8s %10.3f ms%s%n",
          timed.entry().name(),
          timed.entry().model().name(),
          timed.operations(),
          word(timed.status()),
          timed.millis(),
          timed.isRight() ? "" : "   WRONG, expected " + word(timed.entry().expected()));
    }
    groups.forEach((group, members) -> out.println(total(group, members)));
    if (groups.size() > 1) {
      out.println(total("all", results));
    }
    out.flush();
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static String total(String group, List<Timed> members) {
    return String.format(
        Locale.ROOT,
        "%s: %d histories, %d wrong verdicts, %.3f ms",
        group,
        members.size(),
        members.stream().filter(timed -> !timed.isRight()).count(),
        members.stream().mapToDouble(Timed::millis).sum());
  }
}
