package dev.labrys.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.report.VerdictJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Verdicts for programs: one JSON document on standard output for all histories together, errors
/// included. It is written as verdicts come, and is complete even after an interrupt.
final class JsonOutput implements VerdictOutput {
  /// Grows only when a field changes its meaning or goes away.
  static final int VERSION = 1;

  private final Terminal terminal;
  private final Tally tally;
  private final StringWriter written = new StringWriter();
  private final JsonGenerator json;

  JsonOutput(Terminal terminal, Tally tally) throws IOException {
    this.terminal = terminal;
    this.tally = tally;
    this.json = new JsonFactory().createGenerator(written);
    json.writeStartObject();
    json.writeNumberField("labrys-check", VERSION);
    json.writeArrayFieldStart("histories");
  }

  @Override
  public void add(FileVerdict verdict) {
    attempt(() -> entry(verdict));
  }

  private void entry(FileVerdict verdict) throws IOException {
    json.writeRaw("\n");
    json.writeStartObject();
    json.writeStringField("file", verdict.name());
    json.writeStringField("verdict", verdict.exitCode().word());
    json.writeNumberField("exitCode", verdict.exitCode().code());
    switch (verdict) {
      case FileVerdict.Judged judged -> {
        json.writeFieldName("judgement");
        json.writeRawValue(VerdictJson.render(judged.judgement()).strip());
      }
      case FileVerdict.Vacuous(_, String reason) -> json.writeStringField("reason", reason);
      case FileVerdict.Refused(_, Diagnosis diagnosis, _) ->
          json.writeStringField("error", diagnosis.message());
    }
    json.writeEndObject();
  }

  @Override
  public void end(Ending ending) {
    attempt(() -> totals(ending));
  }

  private void totals(Ending ending) throws IOException {
    json.writeEndArray();
    json.writeObjectFieldStart("totals");
    json.writeNumberField("histories", tally.histories());
    for (ExitCode verdict : Tally.VERDICTS) {
      json.writeNumberField(verdict.word(), tally.count(verdict));
    }
    json.writeNumberField("error", tally.errors());
    json.writeEndObject();
    json.writeBooleanField("interrupted", ending == Ending.INTERRUPTED);
    json.writeNumberField(
        "exitCode", ending == Ending.INTERRUPTED ? ExitCode.INTERRUPTED : tally.exitCode().code());
    json.writeEndObject();
    json.writeRaw("\n");
  }

  private void attempt(Writing writing) {
    try {
      writing.write();
      json.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string takes any text", impossible);
    }
    terminal.print(written.toString());
    written.getBuffer().setLength(0);
  }

  private interface Writing {
    void write() throws IOException;
  }
}
