package dev.labrys.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.host.HostReport;
import dev.labrys.host.HostStall;
import dev.labrys.host.Lateness;
import dev.labrys.host.StallCause;
import dev.labrys.repro.Bearing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How late sleeps were, shown to people and to programs.
final class MeasuredStalls {
  /// Grows only when a field changes its meaning or goes away.
  private static final int VERSION = 1;

  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;
  private static final long HONEST_NANOS = 100_000_000;
  private static final int BAR = 50;

  private MeasuredStalls() {}

  static String text(HostReport report, List<Bearing> bearings) {
    List<String> lines = new ArrayList<>();
    Lateness lateness = report.lateness();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d sleeps of 1 ms in %.1f s; they were late by",
            lateness.samples(),
            (report.toNanos() - report.fromNanos()) / SECOND));
    histogram(lateness, lines);
    lines.add(
        String.format(
            Locale.ROOT,
            "half of them by less than %s, all but 1 %% by less than %s, the worst by %s",
            time(lateness.quantileNanos(0.5)),
            time(lateness.quantileNanos(0.99)),
            time(lateness.longestNanos())));
    lines.add("");
    causes(report, lines);
    lines.add(report.verdict(HONEST_NANOS));
    report.blindSpots().forEach(blind -> lines.add("not known here: " + blind));
    lines.add("");
    lines.add("Elections that nobody needs, in three servers that stall like this:");
    for (Bearing each : bearings) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-55s %s",
              each.setting(),
              each.elections() == 0
                  ? "none"
                  : String.format(Locale.ROOT, "%,.0f an hour", each.perHour())));
    }
    lines.add(advice(bearings));
    return String.join("\n", lines) + "\n";
  }

  private static void histogram(Lateness lateness, List<String> lines) {
    long most = lateness.counts().stream().mapToLong(Long::longValue).max().orElse(1);
    for (int i = 0; i < lateness.counts().size(); i++) {
      long count = lateness.counts().get(i);
      // A share too small to be seen is shown all the same.
      int bar = count == 0 ? 0 : Math.max(1, (int) (BAR * count / Math.max(1, most)));
      lines.add(
          String.format(
                  Locale.ROOT,
                  "  %8s  %,9d  %s",
                  time(Lateness.floorNanos(i)),
                  count,
                  "#".repeat(bar))
              .stripTrailing());
    }
  }

  private static void causes(HostReport report, List<String> lines) {
    for (StallCause cause : StallCause.values()) {
      List<HostStall> some =
          report.stalls().stream().filter(stall -> stall.cause() == cause).toList();
      if (!some.isEmpty()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%,6d of 2 ms and more, the longest %s: %s",
                some.size(),
                time(some.stream().mapToLong(HostStall::nanos).max().orElse(0)),
                cause.meaning()));
      }
    }
  }

  private static String advice(List<Bearing> bearings) {
    return bearings.stream()
        .filter(each -> each.elections() == 0)
        .findFirst()
        .map(each -> "This machine bears " + each.setting() + " and longer.")
        .orElse("This machine bears none of these.");
  }

  private static String time(long nanos) {
    return nanos < MILLI
        ? String.format(Locale.ROOT, "%d µs", nanos / 1_000)
        : String.format(Locale.ROOT, "%.1f ms", nanos / MILLI);
  }

  static String json(HostReport report, List<Bearing> bearings) {
    StringWriter written = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(written)) {
      json.writeStartObject();
      json.writeNumberField("labrys-stalls", VERSION);
      json.writeNumberField("nanos", report.toNanos() - report.fromNanos());
      json.writeNumberField("sleeps", report.lateness().samples());
      json.writeNumberField("longestNanos", report.lateness().longestNanos());
      json.writeStringField("host", report.verdict(HONEST_NANOS));
      lateness(json, report.lateness());
      stalls(json, report);
      bearings(json, bearings);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string takes any text", impossible);
    }
    return written + "\n";
  }

  private static void lateness(JsonGenerator json, Lateness lateness) throws IOException {
    json.writeArrayFieldStart("lateness");
    for (int i = 0; i < lateness.counts().size(); i++) {
      json.writeStartObject();
      json.writeNumberField("fromNanos", Lateness.floorNanos(i));
      json.writeNumberField("count", lateness.counts().get(i));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void stalls(JsonGenerator json, HostReport report) throws IOException {
    json.writeArrayFieldStart("stalls");
    for (HostStall each : report.stalls()) {
      json.writeStartObject();
      json.writeNumberField("atNanos", each.startNanos() - report.fromNanos());
      json.writeNumberField("nanos", each.nanos());
      json.writeStringField("cause", Choice.name(each.cause()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void bearings(JsonGenerator json, List<Bearing> bearings) throws IOException {
    json.writeArrayFieldStart("settings");
    for (Bearing each : bearings) {
      json.writeStartObject();
      json.writeNumberField("heartbeatMillis", each.setting().heartbeatMillis());
      json.writeNumberField("electionMinMillis", each.setting().electionMinMillis());
      json.writeNumberField("electionMaxMillis", each.setting().electionMaxMillis());
      json.writeNumberField("needlessElections", each.elections());
      json.writeNumberField("simulatedNanos", each.simulatedNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
