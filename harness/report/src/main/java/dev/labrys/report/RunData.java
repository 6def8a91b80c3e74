package dev.labrys.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.checker.Verdict;
import dev.labrys.history.Operation;
import dev.labrys.report.RunReport.Condition;
import dev.labrys.report.RunReport.Fault;
import dev.labrys.report.RunReport.Finding;
import dev.labrys.report.RunReport.Interval;
import dev.labrys.report.RunReport.Level;
import dev.labrys.report.RunReport.LogLine;
import dev.labrys.report.RunReport.Node;
import dev.labrys.report.RunReport.Reign;
import dev.labrys.report.RunReport.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the script of a run's page reads. `run-story.js` is its reader.
final class RunData {
  private static final int MOST_POINTS = 20_000;
  private static final int MOST_POINTS_IN_ALL = 60_000;
  private static final int MOST_FUNCTIONS = 40;
  private static final int MOST_MARKS = 5_000;
  private static final int TEXT_LIMIT = 300;
  private static final int NONE = -1;
  private static final long PER_MICRO = 1_000;
  private static final List<Integer> LINES = List.of(500, 990);

  private final JsonGenerator json;
  private final RunReport report;
  private final RunClock clock;
  private final Buckets buckets;

  private RunData(JsonGenerator json, RunReport report) {
    this.json = json;
    this.report = report;
    this.clock = RunClock.of(report);
    this.buckets = Buckets.of(clock);
  }

  static void write(JsonGenerator json, RunReport report) throws IOException {
    RunData data = new RunData(json, report);
    json.writeStartObject();
    json.writeNumberField("end", data.clock.endNanos());
    json.writeNumberField("bucket", data.buckets.nanos());
    data.latencies();
    data.faults();
    data.nodes();
    data.reigns();
    data.intervals("outages", data.outages());
    data.intervals("stalls", report.stalls().intervals());
    data.culprits();
    json.writeEndObject();
  }

  /// All operations together, then each function by itself.
  private void latencies() throws IOException {
    Map<String, List<Operation>> byFunction = new TreeMap<>();
    for (Operation operation : report.history().operations()) {
      byFunction.computeIfAbsent(operation.function(), _ -> new ArrayList<>()).add(operation);
    }
    int shown = Math.clamp(byFunction.size(), 1, MOST_FUNCTIONS);
    int room = Math.min(MOST_POINTS, MOST_POINTS_IN_ALL / shown);
    json.writeObjectFieldStart("all");
    lines(report.history().operations());
    json.writeEndObject();
    json.writeArrayFieldStart("functions");
    int written = 0;
    for (Map.Entry<String, List<Operation>> function : byFunction.entrySet()) {
      if (written++ == MOST_FUNCTIONS) {
        break;
      }
      json.writeStartObject();
      text("name", function.getKey());
      points(Sample.of(function.getValue(), room, clock));
      lines(function.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void points(Sample sample) throws IOException {
    json.writeNumberField("total", sample.total());
    json.writeArrayFieldStart("at");
    long last = 0;
    for (Operation operation : sample.operations()) {
      long next = clock.within(operation.callTime()) / PER_MICRO;
      json.writeNumber(next - last);
      last = next;
    }
    json.writeEndArray();
    json.writeArrayFieldStart("took");
    for (Operation operation : sample.operations()) {
      json.writeNumber(rounded(clock.took(operation)));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("outcome");
    for (Operation operation : sample.operations()) {
      json.writeNumber(OutcomeCode.of(operation.outcome()));
    }
    json.writeEndArray();
  }

  private void lines(List<Operation> operations) throws IOException {
    int[][] ends = buckets.ends(operations);
    String[] names = {"ok", "unknown", "failed"};
    for (int outcome = 0; outcome < names.length; outcome++) {
      json.writeFieldName(names[outcome]);
      json.writeArray(ends[outcome], 0, ends[outcome].length);
    }
    List<long[]> percentiles = buckets.percentiles(operations, LINES);
    for (int line = 0; line < LINES.size(); line++) {
      json.writeArrayFieldStart("p" + LINES.get(line) / 10);
      for (long nanos : percentiles.get(line)) {
        json.writeNumber(rounded(nanos));
      }
      json.writeEndArray();
    }
  }

  /// To three digits: more can't be seen, and would not compress.
  private static long rounded(long nanos) {
    long unit = 1;
    while (nanos / unit >= 1000) {
      unit *= 10;
    }
    return (nanos + unit / 2) / unit * unit;
  }

  private void faults() throws IOException {
    json.writeArrayFieldStart("faults");
    for (Fault fault : first(report.faults())) {
      json.writeStartObject();
      text("text", fault.text());
      text("targets", fault.targets());
      time("begins", fault.beginsNanos());
      time("inforce", fault.inForceNanos());
      time("healing", fault.healingNanos());
      time("healed", fault.healedNanos());
      json.writeStringField("fate", fault.fate().name().toLowerCase(Locale.ROOT));
      text("reason", fault.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void nodes() throws IOException {
    LogExcerpt.Room room = LogExcerpt.Room.of(report.nodes().size());
    json.writeArrayFieldStart("nodes");
    for (Node node : report.nodes()) {
      json.writeStartObject();
      text("name", node.name());
      json.writeArrayFieldStart("stretches");
      for (Stretch stretch : first(node.stretches())) {
        json.writeStartArray();
        json.writeNumber(code(stretch.condition()));
        json.writeNumber(clock.within(stretch.interval().fromNanos()));
        json.writeNumber(clock.within(stretch.interval().toNanos()));
        json.writeEndArray();
      }
      json.writeEndArray();
      log(LogExcerpt.of(node.log(), room));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static int code(Condition condition) {
    return switch (condition) {
      case SERVES -> 0;
      case SILENT -> 1;
      case PAUSED -> 2;
      case DOWN -> 3;
    };
  }

  private static int code(Level level) {
    return switch (level) {
      case ERROR -> 0;
      case WARNING -> 1;
      case INFO -> 2;
      case DEBUG -> 3;
    };
  }

  private void log(LogExcerpt log) throws IOException {
    json.writeNumberField("leftout", log.leftOut());
    json.writeArrayFieldStart("at");
    long last = 0;
    for (LogLine line : log.lines()) {
      long next = line.timeNanos() / PER_MICRO;
      json.writeNumber(next - last);
      last = next;
    }
    json.writeEndArray();
    json.writeArrayFieldStart("level");
    for (LogLine line : log.lines()) {
      json.writeNumber(code(line.level()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("text");
    for (LogLine line : log.lines()) {
      json.writeString(Legible.text(line.text(), LogExcerpt.LONGEST_LINE));
    }
    json.writeEndArray();
  }

  private void reigns() throws IOException {
    json.writeArrayFieldStart("reigns");
    for (Reign reign : first(report.reigns())) {
      json.writeStartObject();
      text("node", reign.node());
      json.writeNumberField("term", reign.term());
      time("from", reign.interval().fromNanos());
      time("to", reign.interval().toNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private List<Interval> outages() {
    return switch (report.availability()) {
      case RunReport.Availability.Measured measured -> measured.outages();
      case RunReport.Availability.Unmeasured none -> List.of();
    };
  }

  private void intervals(String name, List<Interval> intervals) throws IOException {
    json.writeArrayFieldStart(name);
    for (Interval interval : first(intervals)) {
      json.writeStartArray();
      json.writeNumber(clock.within(interval.fromNanos()));
      json.writeNumber(clock.within(interval.toNanos()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /// When the operations were asked whose answers can't be.
  private void culprits() throws IOException {
    json.writeArrayFieldStart("culprits");
    for (Finding finding : report.findings()) {
      if (finding instanceof Finding.Judged(Judgement judgement)
          && judgement.verdict() instanceof Verdict.Invalid invalid) {
        json.writeStartObject();
        text("checker", judgement.checker());
        time("at", invalid.counterexample().culprit().callTime());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /// More marks than this nobody can tell apart.
  private static <T> List<T> first(List<T> marks) {
    return marks.subList(0, Math.min(MOST_MARKS, marks.size()));
  }

  private void text(String name, String raw) throws IOException {
    json.writeStringField(name, Legible.text(raw, TEXT_LIMIT));
  }

  private void time(String name, long nanos) throws IOException {
    json.writeNumberField(name, nanos == RunReport.NEVER ? NONE : clock.within(nanos));
  }
}
