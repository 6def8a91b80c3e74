package dev.labrys.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.lab.LabSuite;
import dev.labrys.lab.Score;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// The outcome of a suite for programs: one JSON document on standard output.
final class LabJson implements LabOutput {
  /// Grows only when a field changes its meaning or goes away.
  private static final int VERSION = 1;

  private final Terminal terminal;
  private final LabSuite.Plan plan;
  private final LabFailures file;

  LabJson(Terminal terminal, LabSuite.Plan plan, LabFailures file) {
    this.terminal = terminal;
    this.plan = plan;
    this.file = file;
  }

  @Override
  public void end(Ending ending, List<Score> scores, List<LabSuite.Failure> failures) {
    StringWriter written = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(written)) {
      write(json, ending, scores, failures);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string takes any text", impossible);
    }
    terminal.print(written + "\n");
  }

  private void write(
      JsonGenerator json, Ending ending, List<Score> scores, List<LabSuite.Failure> failures)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("labrys-lab", VERSION);
    json.writeNumberField("seed", plan.root().number());
    json.writeNumberField("runs", plan.runs());
    json.writeArrayFieldStart("tests");
    for (Score score : scores) {
      json.writeRaw("\n");
      test(json, score);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("failures");
    for (LabSuite.Failure failure : failures) {
      json.writeRaw("\n");
      failure(json, failure);
    }
    json.writeEndArray();
    boolean isInterrupted = ending == Ending.INTERRUPTED;
    ExitCode exitCode = failures.isEmpty() ? ExitCode.SUCCESS : ExitCode.VIOLATION;
    json.writeBooleanField("interrupted", isInterrupted);
    json.writeNumberField("exitCode", isInterrupted ? ExitCode.INTERRUPTED : exitCode.code());
    json.writeEndObject();
  }

  private static void test(JsonGenerator json, Score score) throws IOException {
    json.writeStartObject();
    json.writeStringField("test", score.test().name());
    json.writeStringField("part", score.test().part().label());
    json.writeNumberField("passed", score.passed());
    json.writeNumberField("failed", score.failed());
    json.writeNumberField("meanNanos", score.meanVirtualNanos());
    json.writeNumberField("maxNanos", score.mostVirtualNanos());
    json.writeNumberField("meanRpcs", score.meanCalls());
    json.writeNumberField("meanBytes", score.meanBytes());
    json.writeEndObject();
  }

  private void failure(JsonGenerator json, LabSuite.Failure failure) throws IOException {
    json.writeStartObject();
    json.writeStringField("test", failure.result().test().name());
    json.writeNumberField("run", failure.run());
    json.writeNumberField("seed", failure.result().seed().number());
    json.writeStringField("reason", failure.ending().reason());
    json.writeStringField("replay", file.command(failure));
    json.writeEndObject();
  }
}
