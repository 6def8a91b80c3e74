package dev.labrys.bench;

import dev.labrys.checker.LinearizabilityChecker;
import dev.labrys.checker.Model;
import dev.labrys.checker.Models;
import dev.labrys.checker.SearchBudget;
import dev.labrys.checker.Status;
import dev.labrys.history.History;
import dev.labrys.history.HistoryReader;
import dev.labrys.history.Keys;
import dev.labrys.history.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Judges a whole folder of histories of known verdict, and says how long each took.
///
/// The folder holds `expected.tsv`, whose columns are named in its first line; `file`, `model` and
/// `expected` are read. Files are looked for anywhere below the folder. Each history is judged
/// `--runs` times after one warm-up, and the median counts; exit status 1 if any verdict is wrong.
public final class CorpusRun {
  private static final int DEFAULT_RUNS = 15;

  private record Row(Path file, Model<?> model, boolean tuples, Status expected) {}

  private record Timed(Row row, History history, Status status, long medianNanos) {}

  private CorpusRun() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_RUNS;
    List<Timed> results = new ArrayList<>();
    List<History> histories = new ArrayList<>();
    List<Row> rows = rows(folder);
    for (Row row : rows) {
      histories.add(read(row));
    }
    // The whole corpus a few times first, so that every file is judged by compiled code.
    for (int round = 0; round < runs; round++) {
      for (int i = 0; i < rows.size(); i++) {
        checker(rows.get(i)).decide(histories.get(i));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      results.add(time(rows.get(i), histories.get(i), runs));
    }
    report(results);
    System.exit(results.stream().allMatch(t -> t.status() == t.row().expected()) ? 0 : 1);
  }

  private static History read(Row row) throws IOException {
    Keys keys = row.tuples() ? Keys.TUPLE : Keys.FIELD;
    return HistoryReader.read(row.file(), ReadOptions.standard().withKeys(keys));
  }

  private static LinearizabilityChecker checker(Row row) {
    return LinearizabilityChecker.of(row.model())
        .within(
            SearchBudget.standard().withThreads(1).withTimeout(java.time.Duration.ofSeconds(2)));
  }

  private static Timed time(Row row, History history, int runs) {
    long[] nanos = new long[runs];
    Status status = Status.UNKNOWN;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      status = checker(row).decide(history);
      nanos[run] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Timed(row, history, status, nanos[runs / 2]);
  }

  private static void report(List<Timed> results) {
    long total = 0;
    long logs = 0;
    int logCount = 0;
    int wrong = 0;
    for (Timed timed : results) {
      boolean isRight = timed.status() == timed.row().expected();
      wrong += isRight ? 0 : 1;
      total += timed.medianNanos();
      String name = timed.row().file().getFileName().toString();
      if (name.startsWith("etcd_") && name.endsWith(".log")) {
        logs += timed.medianNanos();
        logCount++;
      }
      System.out.printf(
          "%-36s %-14s %7d ops %-8s %10.3f ms%s%n",
          name,
          timed.row().model().name(),
          timed.history().size(),
          timed.status().name().toLowerCase(java.util.Locale.ROOT),
          timed.medianNanos() / 1e6,
          isRight ? "" : "   WRONG, expected " + timed.row().expected());
    }
    System.out.printf("%d etcd logs: %.3f ms%n", logCount, logs / 1e6);
    System.out.printf(
        "%d histories, %d wrong verdicts, %.3f ms%n", results.size(), wrong, total / 1e6);
  }

  private static List<Row> rows(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("expected.tsv"));
    List<String> columns = Arrays.asList(lines.get(0).split("\t", -1));
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      String name = cells[columns.indexOf("file")];
      String model = cells[columns.indexOf("model")];
      Status expected =
          cells[columns.indexOf("expected")].equals("valid") ? Status.VALID : Status.INVALID;
      files.stream()
          .filter(file -> file.getFileName().toString().equals(name))
          .forEach(file -> rows.add(new Row(file, model(model), isTupled(model), expected)));
    }
    return rows;
  }

  private static Model<?> model(String name) {
    return switch (name) {
      case "etcd-cas-register" -> Models.casRegister();
      case "kv-string(get/put/append)" -> Models.kvString();
      default -> Models.named(name);
    };
  }

  private static boolean isTupled(String model) {
    return model.equals("kv") || model.equals("kv-append");
  }
}
