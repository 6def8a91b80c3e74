package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.List;
import java.util.Locale;

/// A judgement for a terminal: what was found, why, and what it cost, in plain ASCII apart from the
/// history's own values.
public final class VerdictText {
  private static final int WIDTH = 100;
  private static final int MOST_ATTEMPTS = 3;
  private static final int MOST_STEPS = 6;
  private static final int LABEL = 48;
  private static final int STATE = 60;
  private static final int SENTENCE = 2000;

  private final StringBuilder out = new StringBuilder();
  private final Colour colour;

  /// Whether the terminal understands colours.
  public enum Colour {
    PLAIN,
    ANSI
  }

  private enum Tone {
    GOOD("32;1"),
    BAD("31;1"),
    OPEN("33;1"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  private VerdictText(Colour colour) {
    this.colour = colour;
  }

  public static String render(Judgement judgement, Colour colour) {
    VerdictText text = new VerdictText(colour);
    switch (judgement.verdict()) {
      case Verdict.Valid valid -> text.valid(judgement, valid);
      case Verdict.Invalid invalid -> text.invalid(judgement, invalid);
      case Verdict.Undecided undecided -> text.undecided(judgement, undecided);
    }
    return text.out.toString();
  }

  private void valid(Judgement judgement, Verdict.Valid valid) {
    headline(Tone.GOOD, "VALID", judgement);
    cost(
        valid.effort(),
        valid.certificates().stream().map(Verdict.Certificate::procedure).distinct().toList());
  }

  private void invalid(Judgement judgement, Verdict.Invalid invalid) {
    Verdict.Counterexample found = invalid.counterexample();
    headline(Tone.BAD, "INVALID", judgement);
    line("");
    line("  " + paint(Tone.STRONG, Legible.sentence(found.reason(), SENTENCE)));
    line("");
    if (!found.key().isNil()) {
      line("  key      " + Legible.value(found.key(), LABEL));
    }
    line("  culprit  " + identity(found.culprit()));
    line("");
    int count = found.minimal().size();
    line(
        count == 1
            ? "  This operation is not possible, whatever the others did:"
            : "  These %,d operations contradict each other by themselves:".formatted(count));
    line("");
    new TextTimeline(found, WIDTH - 2).lines().forEach(row -> line("  " + highlight(row)));
    evidence(found);
    attempts(found);
    line("");
    cost(invalid.effort(), List.of(found.procedure()));
  }

  private void evidence(Verdict.Counterexample found) {
    for (Verdict.Contribution part : found.minimal()) {
      if (!part.evidence().isEmpty()) {
        line("");
        line("  known of  " + identity(part.operation()));
        line("            " + Legible.sentence(part.evidence(), SENTENCE));
      }
    }
  }

  private String highlight(String row) {
    return row.contains(TextTimeline.CULPRIT) ? paint(Tone.BAD, row) : row;
  }

  private void attempts(Verdict.Counterexample found) {
    List<Verdict.Attempt> attempts = found.attempts();
    for (int i = 0; i < Math.min(MOST_ATTEMPTS, attempts.size()); i++) {
      line("");
      line(
          "  Order %d of %d gets %s far:"
              .formatted(
                  i + 1,
                  attempts.size(),
                  Legible.count(attempts.get(i).order().size(), "operation")));
      attempt(attempts.get(i));
    }
    if (attempts.size() > MOST_ATTEMPTS) {
      line("");
      line(paint(Tone.FAINT, "  The other orders are in --json and --html."));
    }
  }

  private void attempt(Verdict.Attempt attempt) {
    int size = attempt.order().size();
    int first = Math.max(0, size - MOST_STEPS);
    if (first > 0) {
      line(paint(Tone.FAINT, "      ...  " + Legible.count(first, "earlier operation")));
    }
    step("", "", "", attempt.states().get(first));
    for (int i = first; i < size; i++) {
      Operation operation = attempt.order().get(i);
      step(
          Integer.toString(i + 1),
          "p" + operation.process(),
          Legible.exchange(operation, 36),
          attempt.states().get(i + 1));
    }
    Operation stuck = attempt.stuck();
    line(
        paint(
            Tone.BAD,
            "   stuck  %-6s %-36s not possible here"
                .formatted("p" + stuck.process(), Legible.exchange(stuck, 36))));
  }

  private void step(String number, String process, String label, String state) {
    line(
        "  %6s  %-6s %-36s %s%s"
            .formatted(
                number,
                process,
                label,
                paint(Tone.FAINT, number.isEmpty() ? "state " : "  then "),
                Legible.text(state, STATE - 14)));
  }

  private void undecided(Judgement judgement, Verdict.Undecided undecided) {
    headline(Tone.OPEN, "UNKNOWN", judgement);
    line("");
    line("  " + paint(Tone.STRONG, Legible.sentence(undecided.reason(), SENTENCE)));
    line("");
    line("  established  " + established(undecided));
    line("  next         " + Advice.AFTER_UNDECIDED);
    line("");
    cost(undecided.effort(), List.of());
  }

  static String established(Verdict.Undecided undecided) {
    Value key = undecided.key();
    return String.format(
        Locale.ROOT,
        "%,d of %s%s can be put in a legal order; the rest is open",
        undecided.established(),
        Legible.count(undecided.operations(), "operation"),
        key.isNil() ? "" : " of key " + Legible.value(key, LABEL));
  }

  private void headline(Tone tone, String word, Judgement judgement) {
    line(
        "%s  %s  %s"
            .formatted(
                paint(tone, word),
                Legible.text(judgement.source(), LABEL),
                paint(Tone.FAINT, Legible.text(judgement.checker(), LABEL))));
  }

  private void cost(Verdict.Effort effort, List<String> procedures) {
    String by =
        procedures.isEmpty() ? "" : ", by " + Legible.text(String.join(", ", procedures), LABEL);
    line(
        paint(
            Tone.FAINT,
            "  %s in %s, %s, %s%s"
                .formatted(
                    Legible.count(effort.operations(), "operation"),
                    Legible.count(effort.partitions(), "partition"),
                    Legible.count(effort.configurations(), "configuration"),
                    Legible.duration(effort.nanos()),
                    by)));
  }

  private static String identity(Operation operation) {
    return "operation %d, process %d: %s, %s to %s"
        .formatted(
            operation.index(),
            operation.process(),
            Legible.exchange(operation, LABEL),
            Legible.moment(operation.callTime()),
            Legible.moment(operation.returnTime()));
  }

  private String paint(Tone tone, String text) {
    return colour == Colour.ANSI ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
