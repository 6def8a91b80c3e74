package dev.labrys.report;

import dev.labrys.checker.Verdict;
import dev.labrys.history.Operation;
import java.util.List;
import java.util.Locale;

/// The part of the page that is plain HTML: what was found, why, what it cost, and the operations
/// of the counterexample as a table. It is there without any script, and for screen readers.
final class PageSummary {
  private static final int REASON_LIMIT = 4000;
  private static final int TEXT_LIMIT = 200;

  private final Judgement judgement;
  private final Excerpt excerpt;

  PageSummary(Judgement judgement, Excerpt excerpt) {
    this.judgement = judgement;
    this.excerpt = excerpt;
  }

  String header() {
    return switch (judgement.verdict()) {
      case Verdict.Valid valid ->
          head("✓", "Valid", "Every operation can be given one moment at which it took effect.")
              + facts(
                  valid.effort(),
                  procedures(
                      valid.certificates().stream()
                          .map(Verdict.Certificate::procedure)
                          .distinct()
                          .toList()));
      case Verdict.Invalid invalid -> {
        Verdict.Counterexample found = invalid.counterexample();
        String key =
            found.key().isNil()
                ? ""
                : fact("Key", "<code>" + shown(found.key().toString()) + "</code>");
        yield head("✗", "Not valid", found.reason())
            + facts(invalid.effort(), key + procedures(List.of(found.procedure())));
      }
      case Verdict.Undecided undecided ->
          head("?", "Not decided", undecided.reason())
              + "<p class=\"next\">Established: "
              + Html.escape(VerdictText.established(undecided))
              + ". Next: "
              + Advice.AFTER_UNDECIDED.replaceAll("--[a-z]+", "<code>$0</code>")
              + ".</p>\n"
              + facts(undecided.effort(), "");
    };
  }

  private String head(String mark, String word, String sentence) {
    return """
    <p class="origin"><span class="brand">Labrys</span> <b>%s</b> <span>%s</span></p>
    <h1><span class="mark" aria-hidden="true">%s</span> %s</h1>
    <p class="reason">%s</p>
    """
        .formatted(
            shown(judgement.source()),
            shown(judgement.checker()),
            mark,
            word,
            Html.escape(Legible.sentence(sentence, REASON_LIMIT)));
  }

  private String facts(Verdict.Effort effort, String more) {
    String excerptNote =
        excerpt.isWhole()
            ? ""
            : "<p class=\"next\">The history is too long for one page: shown are %,d of its %,d operations%s.</p>\n"
                .formatted(
                    excerpt.operations().size(),
                    excerpt.total(),
                    judgement.verdict() instanceof Verdict.Invalid
                        ? ", those around the culprit and those the explanation names"
                        : ", the first");
    return "<dl class=\"facts\">\n"
        + more
        + fact("Operations", number(effort.operations()))
        + fact("Partitions", number(effort.partitions()))
        + fact("Configurations", number(effort.configurations()))
        + fact("Took", Html.escape(Legible.duration(effort.nanos()).replace(" us", " µs")))
        + "</dl>\n"
        + excerptNote;
  }

  private static String procedures(List<String> procedures) {
    return procedures.isEmpty() ? "" : fact("Decided by", shown(String.join(", ", procedures)));
  }

  private static String fact(String name, String html) {
    return "<div><dt>" + name + "</dt><dd>" + html + "</dd></div>\n";
  }

  private static String number(long amount) {
    return String.format(Locale.ROOT, "%,d", amount);
  }

  private static String shown(String raw) {
    return Html.escape(Legible.text(raw, TEXT_LIMIT));
  }

  /// The minimal counterexample; nothing for other verdicts.
  String table() {
    if (!(judgement.verdict()
        instanceof Verdict.Invalid(Verdict.Counterexample found, Verdict.Effort effort))) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (Verdict.Contribution contribution : found.minimal()) {
      rows.append(row(contribution, found.culprit()));
    }
    return """
    <section class="card" aria-labelledby="contradiction">
    <h2 id="contradiction">The contradiction in %s</h2>
    <p class="hint">%s, whatever the rest of the history did.</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="contradiction">
    <table id="minimal">
    <thead><tr><th scope="col">Operation</th><th scope="col">Process</th>\
    <th scope="col">Asked</th><th scope="col">Answered</th>\
    <th scope="col" class="number">Called</th><th scope="col" class="number">Returned</th>\
    <th scope="col">Part in it</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </div>
    </section>
    """
        .formatted(
            Legible.count(found.minimal().size(), "operation"),
            found.minimal().size() == 1
                ? "This operation is not possible"
                : "These operations contradict each other by themselves",
            rows);
  }

  private String row(Verdict.Contribution contribution, Operation culprit) {
    Operation operation = contribution.operation();
    boolean isCulprit = operation.index() == culprit.index();
    String part =
        isCulprit
            ? "<strong>culprit: its return made it certain</strong>"
            : !operation.mayHaveHappened()
                ? "had no effect"
                : contribution.required()
                    ? "had taken effect by its return"
                    : "would not help, whenever it took effect";
    if (!contribution.evidence().isEmpty()) {
      part += "; " + shown(contribution.evidence());
    }
    return """
    <tr%s data-place="%d"><th scope="row">%d</th><td>%d</td><td><code>%s</code></td>\
    <td><code>%s</code></td><td class="number">%s</td><td class="number">%s</td><td>%s</td></tr>
    """
        .formatted(
            isCulprit ? " class=\"culprit\"" : "",
            excerpt.place(operation),
            operation.index(),
            operation.process(),
            Html.escape(Legible.question(operation, TEXT_LIMIT)),
            Html.escape(Legible.answer(operation, TEXT_LIMIT)),
            Legible.moment(operation.callTime()),
            Legible.moment(operation.returnTime()),
            part);
  }
}
