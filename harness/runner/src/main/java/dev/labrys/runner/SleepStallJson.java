package dev.labrys.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.repro.Rate;
import dev.labrys.repro.StallCurve;
import dev.labrys.repro.StallOutcome;
import dev.labrys.repro.StallPlan;
import dev.labrys.repro.StallRates;
import dev.labrys.repro.StallReport;
import dev.labrys.repro.StallTimeline;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// What was found out about the sleep stall, for programs: one JSON document.
final class SleepStallJson {
  /// Grows only when a field changes its meaning or goes away.
  private static final int VERSION = 1;

  private SleepStallJson() {}

  /// @param again the command that does all of it again
  static String of(StallPlan plan, StallReport report, String again) {
    StringWriter written = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(written)) {
      json.writeStartObject();
      json.writeNumberField("labrys-sleep-stall", VERSION);
      json.writeNumberField("seed", plan.seed().number());
      json.writeNumberField("rounds", report.rounds().size());
      json.writeNumberField("reproduced", report.reproduced());
      json.writeStringField("again", again);
      outcomes(json, "outcomes", report.rounds());
      outcomes(json, "cures", report.cures());
      curve(json, report.curve());
      rates(json, report.rates());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string takes any text", impossible);
    }
    return written + "\n";
  }

  private static void outcomes(JsonGenerator json, String name, List<StallOutcome> outcomes)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (StallOutcome each : outcomes) {
      json.writeRaw("\n");
      json.writeStartObject();
      json.writeStringField("stall", Choice.name(each.setting().stall()));
      json.writeStringField("cure", Choice.name(each.setting().cure()));
      json.writeNumberField("stallNanos", each.setting().stallNanos());
      json.writeStringField("leader", each.stalled().name());
      json.writeNumberField("entry", each.entry());
      json.writeNumberField("term", each.term());
      json.writeNumberField("tries", each.tries());
      json.writeBooleanField("neverCommitted", each.isTheBug());
      if (each.recoveryNanos().isPresent()) {
        json.writeNumberField("recoveryNanos", each.recoveryNanos().getAsLong());
      }
      json.writeStringField("verdict", each.text());
      json.writeArrayFieldStart("timeline");
      for (String line : StallTimeline.lines(each)) {
        json.writeString(line);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void curve(JsonGenerator json, StallCurve curve) throws IOException {
    json.writeArrayFieldStart("curve");
    for (StallCurve.Point each : curve.points()) {
      json.writeRaw("\n");
      json.writeStartObject();
      json.writeStringField("cure", Choice.name(each.cure()));
      json.writeNumberField("stallNanos", each.stallNanos());
      rate(json, "never", each.never());
      if (each.recoveryNanos().isPresent()) {
        json.writeNumberField("recoveryNanos", each.recoveryNanos().getAsLong());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rates(JsonGenerator json, StallRates rates) throws IOException {
    json.writeArrayFieldStart("rates");
    for (StallRates.Cell each : rates.cells()) {
      json.writeRaw("\n");
      json.writeStartObject();
      json.writeNumberField("oneOf", each.oneOf());
      json.writeNumberField("lateNanos", each.nanos());
      rate(json, "failed", each.failed());
      json.writeStringField("example", each.example());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rate(JsonGenerator json, String name, Rate rate) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("hits", rate.hits());
    json.writeNumberField("runs", rate.runs());
    json.writeNumberField("low", rate.low());
    json.writeNumberField("high", rate.high());
    json.writeEndObject();
  }
}
