package dev.labrys.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// The results of one run in JSON, with what they depend on: when, which commit, what kind of
/// machine. Not JMH's own file, which names the folders of the machine.
final class ResultsFile {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z.json'").withZone(ZoneOffset.UTC);

  private ResultsFile() {}

  /// Writes results, one object each.
  interface Results {
    void write(JsonGenerator json) throws IOException;
  }

  /// Writes what JMH has measured into a new file in `folder`, and says which.
  static Path write(Path folder, Collection<RunResult> results) throws IOException {
    return write(
        folder,
        json -> {
          for (RunResult result : results) {
            result(json, result);
          }
        });
  }

  /// Writes a new file into `folder`, and says which.
  static Path write(Path folder, Results results) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Path file = Files.createDirectories(folder).resolve(NAME.format(now));
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("date", now.toString());
      json.writeStringField("commit", commit());
      machine(json);
      json.writeArrayFieldStart("results");
      results.write(json);
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return file;
  }

  /// Writes a new file into `folder`, of a line that says what all depends on and `lines` of JSON,
  /// and says which.
  static Path writeLines(Path folder, List<String> lines) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String name = NAME.format(now).replace(".json", ".jsonl");
    Path file = Files.createDirectories(folder).resolve(name);
    StringWriter first = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(first)) {
      json.writeStartObject();
      json.writeStringField("date", now.toString());
      json.writeStringField("commit", commit());
      machine(json);
      json.writeEndObject();
    }
    List<String> all = new ArrayList<>(List.of(first.toString()));
    all.addAll(lines);
    return Files.write(file, all);
  }

  private static void machine(JsonGenerator json) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    json.writeObjectFieldStart("machine");
    json.writeNumberField("processors", runtime.availableProcessors());
    json.writeNumberField("heapMiB", runtime.maxMemory() >> 20);
    json.writeStringField("system", System.getProperty("os.name", "unknown"));
    json.writeStringField("architecture", System.getProperty("os.arch", "unknown"));
    json.writeStringField("java", Runtime.version().toString());
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, RunResult run) throws IOException {
    BenchmarkParams parameters = run.getParams();
    json.writeStartObject();
    json.writeStringField("benchmark", shortName(parameters.getBenchmark()));
    json.writeObjectFieldStart("parameters");
    for (String key : parameters.getParamsKeys()) {
      json.writeStringField(key, parameters.getParam(key));
    }
    json.writeEndObject();
    json.writeStringField("mode", parameters.getMode().shortLabel());
    json.writeNumberField("forks", parameters.getForks());
    json.writeObjectFieldStart("primary");
    score(json, run.getPrimaryResult());
    json.writeEndObject();
    json.writeObjectFieldStart("secondary");
    for (String name : run.getSecondaryResults().keySet()) {
      json.writeObjectFieldStart(name);
      score(json, run.getSecondaryResults().get(name));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String shortName(String benchmark) {
    return benchmark.substring(ResultsFile.class.getPackageName().length() + 1);
  }

  private static void score(JsonGenerator json, Result<?> result) throws IOException {
    json.writeNumberField("score", rounded(result.getScore()));
    if (Double.isFinite(result.getScoreError())) {
      json.writeNumberField("error", rounded(result.getScoreError()));
    }
    json.writeNumberField("runs", result.getSampleCount());
    json.writeStringField("unit", result.getScoreUnit());
  }

  private static double rounded(double number) {
    return Double.isFinite(number)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.4g", number))
        : 0;
  }

  /// Which commit is checked out here, and whether anything was changed since.
  private static String commit() throws IOException {
    String head = git("rev-parse", "--short=12", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? head
        : head + " and changes";
  }

  private static String git(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return answer.isEmpty() && arguments[0].equals("rev-parse") ? "unknown" : answer;
  }
}
