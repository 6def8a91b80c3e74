package dev.labrys.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.checker.Verdict;
import dev.labrys.history.Operation;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.history.ValueJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A judgement for programs: one JSON object, in the schema of `docs/verdict-schema.md`.
///
/// Operations are named by their index in the history. Those that a counterexample names are given
/// in full, so that it can be read without the history.
public final class VerdictJson {
  /// The version of the schema. Grows only when a field changes its meaning or goes away.
  public static final int VERSION = 1;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private VerdictJson(JsonGenerator json) {
    this.json = json;
  }

  /// Writes the object and a line feed, as UTF-8, without closing `out`.
  public static void write(Judgement judgement, OutputStream out) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    new VerdictJson(json).judgement(judgement);
    json.writeRaw('\n');
    json.flush();
  }

  public static String render(Judgement judgement) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(judgement, bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void judgement(Judgement judgement) throws IOException {
    json.writeStartObject();
    json.writeNumberField("labrys-verdict", VERSION);
    json.writeStringField("source", judgement.source());
    json.writeStringField("checker", judgement.checker());
    json.writeStringField("verdict", judgement.word());
    history(judgement.history().operations(), judgement.history().annotations().size());
    effort(judgement.verdict().effort());
    switch (judgement.verdict()) {
      case Verdict.Valid valid -> certificates(valid.certificates());
      case Verdict.Invalid invalid -> counterexample(invalid.counterexample());
      case Verdict.Undecided undecided -> undecided(undecided);
    }
    json.writeEndObject();
  }

  private void history(List<Operation> operations, int annotations) throws IOException {
    int ok = 0;
    int failed = 0;
    for (Operation operation : operations) {
      ok += operation.isOk() ? 1 : 0;
      failed += operation.mayHaveHappened() ? 0 : 1;
    }
    json.writeObjectFieldStart("history");
    json.writeNumberField("operations", operations.size());
    json.writeNumberField("ok", ok);
    json.writeNumberField("failed", failed);
    json.writeNumberField("unknown", operations.size() - ok - failed);
    json.writeNumberField("annotations", annotations);
    json.writeEndObject();
  }

  private void effort(Verdict.Effort effort) throws IOException {
    json.writeObjectFieldStart("effort");
    json.writeNumberField("operations", effort.operations());
    json.writeNumberField("partitions", effort.partitions());
    json.writeNumberField("configurations", effort.configurations());
    json.writeNumberField("nanos", effort.nanos());
    json.writeEndObject();
  }

  private void certificates(List<Verdict.Certificate> certificates) throws IOException {
    json.writeArrayFieldStart("certificates");
    for (Verdict.Certificate certificate : certificates) {
      json.writeStartObject();
      value("key", certificate.key());
      json.writeStringField("procedure", certificate.procedure());
      indices("order", certificate.order());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void counterexample(Verdict.Counterexample found) throws IOException {
    json.writeObjectFieldStart("counterexample");
    value("key", found.key());
    json.writeStringField("reason", found.reason());
    json.writeStringField("procedure", found.procedure());
    json.writeNumberField("culprit", found.culprit().index());
    json.writeArrayFieldStart("minimal");
    for (Verdict.Contribution contribution : found.minimal()) {
      json.writeStartObject();
      json.writeNumberField("operation", contribution.operation().index());
      json.writeBooleanField("required", contribution.required());
      if (!contribution.evidence().isEmpty()) {
        json.writeStringField("evidence", contribution.evidence());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("attempts");
    for (Verdict.Attempt attempt : found.attempts()) {
      attempt(attempt);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("operations");
    for (Operation operation : named(found).values()) {
      operation(operation);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void attempt(Verdict.Attempt attempt) throws IOException {
    LastSteps last = LastSteps.of(attempt);
    json.writeStartObject();
    json.writeNumberField("skipped", last.skipped());
    indices("order", last.order());
    json.writeArrayFieldStart("states");
    for (String state : last.states()) {
      json.writeString(state);
    }
    json.writeEndArray();
    json.writeNumberField("stuck", attempt.stuck().index());
    json.writeEndObject();
  }

  private static Map<Integer, Operation> named(Verdict.Counterexample found) {
    Map<Integer, Operation> named = new TreeMap<>();
    named.put(found.culprit().index(), found.culprit());
    for (Verdict.Contribution contribution : found.minimal()) {
      named.put(contribution.operation().index(), contribution.operation());
    }
    for (Verdict.Attempt attempt : found.attempts()) {
      named.put(attempt.stuck().index(), attempt.stuck());
      for (Operation operation : LastSteps.of(attempt).order()) {
        named.put(operation.index(), operation);
      }
    }
    return named;
  }

  private void undecided(Verdict.Undecided undecided) throws IOException {
    json.writeObjectFieldStart("undecided");
    json.writeStringField("reason", undecided.reason());
    value("key", undecided.key());
    json.writeNumberField("established", undecided.established());
    json.writeNumberField("operations", undecided.operations());
    json.writeStringField("next", Advice.AFTER_UNDECIDED);
    json.writeEndObject();
  }

  private void indices(String name, List<Operation> operations) throws IOException {
    json.writeArrayFieldStart(name);
    for (Operation operation : operations) {
      json.writeNumber(operation.index());
    }
    json.writeEndArray();
  }

  private void operation(Operation operation) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", operation.index());
    json.writeNumberField("process", operation.process());
    json.writeStringField("function", operation.function());
    value("key", operation.key());
    value("input", operation.input());
    switch (operation.outcome()) {
      case Outcome.Ok(Value output) -> {
        json.writeStringField("outcome", "ok");
        value("output", output);
      }
      case Outcome.Failed failed -> json.writeStringField("outcome", "failed");
      case Outcome.Unknown unknown -> json.writeStringField("outcome", "unknown");
    }
    json.writeNumberField("callTime", operation.callTime());
    json.writeNumberField("callPosition", operation.callPosition());
    if (operation.returnPosition() != Operation.NEVER) {
      json.writeNumberField("returnTime", operation.returnTime());
      json.writeNumberField("returnPosition", operation.returnPosition());
    }
    json.writeEndObject();
  }

  private void value(String name, Value value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(ValueJson.of(value));
  }
}
