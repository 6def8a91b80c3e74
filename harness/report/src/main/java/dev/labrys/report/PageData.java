package dev.labrys.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.labrys.checker.Verdict;
import dev.labrys.history.Event;
import dev.labrys.history.FaultInterval;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// What the page's script reads: the judgement by columns, texts by number, rising numbers by
/// difference, so that a hundred thousand operations stay a small file. `story.js` is its reader.
final class PageData {
  private static final int TEXT_LIMIT = 2000;
  private static final int MOST_MARKS = 10_000;
  private static final int NONE = -1;

  private final JsonGenerator json;
  private final Judgement judgement;
  private final Excerpt excerpt;
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final long epoch;

  private PageData(JsonGenerator json, Judgement judgement, Excerpt excerpt) {
    this.json = json;
    this.judgement = judgement;
    this.excerpt = excerpt;
    this.epoch = excerpt.operations().stream().mapToLong(Operation::callTime).min().orElse(0L);
  }

  static void write(JsonGenerator json, Judgement judgement, Excerpt excerpt) throws IOException {
    PageData data = new PageData(json, judgement, excerpt);
    json.writeStartObject();
    json.writeStringField("kind", judgement.word());
    json.writeNumberField("epoch", data.epoch);
    data.operations();
    data.verdict();
    data.faults();
    data.notes();
    data.texts();
    json.writeEndObject();
  }

  private void operations() throws IOException {
    json.writeObjectFieldStart("operations");
    deltas("index", Operation::index);
    column("process", Operation::process);
    column("function", operation -> text(operation.function()));
    column("key", operation -> text(operation.key()));
    column("input", operation -> text(operation.input()));
    column("output", operation -> text(operation.output()));
    column("outcome", operation -> OutcomeCode.of(operation.outcome()));
    deltas("call", operation -> operation.callTime() - epoch);
    column("took", PageData::took);
    deltas("position", Operation::callPosition);
    column("span", PageData::span);
    json.writeEndObject();
  }

  private static long took(Operation operation) {
    return operation.returnTime() == Operation.NEVER_TIME
        ? NONE
        : operation.returnTime() - operation.callTime();
  }

  private static long span(Operation operation) {
    return operation.returnPosition() == Operation.NEVER
        ? NONE
        : operation.returnPosition() - operation.callPosition();
  }

  private void verdict() throws IOException {
    switch (judgement.verdict()) {
      case Verdict.Valid valid -> {
        json.writeArrayFieldStart("orders");
        for (Verdict.Certificate certificate : valid.certificates()) {
          order(text(certificate.key()), 0, certificate.order(), List.of(), NONE);
        }
        json.writeEndArray();
      }
      case Verdict.Invalid invalid -> counterexample(invalid.counterexample());
      case Verdict.Undecided undecided -> {
        json.writeArrayFieldStart("orders");
        json.writeEndArray();
        json.writeNumberField("key", text(undecided.key()));
      }
    }
  }

  private void counterexample(Verdict.Counterexample found) throws IOException {
    json.writeArrayFieldStart("orders");
    for (Verdict.Attempt attempt : found.attempts()) {
      LastSteps last = LastSteps.of(attempt);
      order(
          text(found.key()),
          last.skipped(),
          last.order(),
          last.states(),
          excerpt.place(attempt.stuck()));
    }
    json.writeEndArray();
    json.writeNumberField("key", text(found.key()));
    json.writeNumberField("culprit", excerpt.place(found.culprit()));
    json.writeArrayFieldStart("minimal");
    for (Verdict.Contribution contribution : found.minimal()) {
      json.writeNumber(excerpt.place(contribution.operation()));
    }
    json.writeEndArray();
  }

  private void order(
      int key, int skipped, List<Operation> operations, List<String> states, int stuck)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("key", key);
    json.writeNumberField("skipped", skipped);
    json.writeArrayFieldStart("steps");
    int last = 0;
    for (Operation operation : operations) {
      int place = excerpt.place(operation);
      if (place != NONE) {
        json.writeNumber(place - last);
        last = place;
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("states");
    for (String state : states) {
      json.writeNumber(text(state));
    }
    json.writeEndArray();
    json.writeNumberField("stuck", stuck);
    json.writeEndObject();
  }

  private void faults() throws IOException {
    json.writeArrayFieldStart("faults");
    for (FaultInterval fault : first(FaultInterval.of(judgement.history()))) {
      json.writeStartObject();
      json.writeNumberField("label", text(fault.fault()));
      json.writeNumberField("targets", text(fault.targets()));
      json.writeNumberField("from", fault.from() - epoch);
      json.writeNumberField("to", fault.to() - epoch);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void notes() throws IOException {
    List<Event.Note> notes =
        judgement.history().annotations().stream()
            .filter(Event.Note.class::isInstance)
            .map(Event.Note.class::cast)
            .toList();
    json.writeArrayFieldStart("notes");
    for (Event.Note note : first(notes)) {
      json.writeStartObject();
      json.writeNumberField("label", text(note.source() + " " + note.label()));
      json.writeNumberField("value", text(note.value()));
      json.writeNumberField("at", note.time() - epoch);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// More marks than this nobody can tell apart.
  private static <T> List<T> first(List<T> marks) {
    return marks.subList(0, Math.min(MOST_MARKS, marks.size()));
  }

  private void texts() throws IOException {
    json.writeArrayFieldStart("texts");
    for (String text : texts.keySet()) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void column(String name, ToLongFunction<Operation> number) throws IOException {
    json.writeArrayFieldStart(name);
    for (Operation operation : excerpt.operations()) {
      json.writeNumber(number.applyAsLong(operation));
    }
    json.writeEndArray();
  }

  private void deltas(String name, ToLongFunction<Operation> number) throws IOException {
    json.writeArrayFieldStart(name);
    long last = 0;
    for (Operation operation : excerpt.operations()) {
      long next = number.applyAsLong(operation);
      json.writeNumber(next - last);
      last = next;
    }
    json.writeEndArray();
  }

  /// The number of a value's text; nil, which is nothing to show, has none.
  private int text(Value value) {
    return value.isNil() ? NONE : text(value.toString());
  }

  private int text(String raw) {
    String shown = Legible.text(raw, TEXT_LIMIT);
    Integer next = texts.size();
    Integer known = texts.putIfAbsent(shown, next);
    return known == null ? next : known;
  }
}
