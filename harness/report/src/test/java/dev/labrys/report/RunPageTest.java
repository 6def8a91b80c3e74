package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.checker.Status;
import dev.labrys.report.RunReport.Conclusion;
import dev.labrys.report.RunReport.Fault;
import dev.labrys.report.RunReport.Finding;
import dev.labrys.report.RunReport.Interval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunPageTest {
  private static final Pattern TAG = Pattern.compile("<[a-z/!][^\\s>]*");

  @Test
  void needsNothingFromElsewhere() throws IOException {
    String page = page(RunStories.invalid());

    assertThat(page)
        .doesNotContainPattern("https?://|//[a-z]+\\.|@import|\\burl\\(|\\bfetch\\(|XMLHttp")
        .doesNotContainPattern("\\ssrc\\s*=|\\son[a-z]+=|\\sstyle=")
        .contains("default-src 'none'");
  }

  @Test
  void takesTheTeethFromEveryTextOfARun() throws IOException {
    String page = page(RunStories.hostile(VerdictPageTest.HOSTILE));

    assertThat(page).doesNotContain("<img", "\u2028", "\u0000", "\u001b", "\u202e");
    assertThat(tags(page)).isEqualTo(tags(page(RunStories.hostile("harmless"))));
  }

  @Test
  void saysTheVerdictItsReasonAndTheFacts() throws IOException {
    String page = page(RunStories.valid());

    assertThat(page)
        .contains("<html lang=\"en\" class=\"valid\">", "</span> Valid</h1>")
        .contains("<p class=\"reason\">Every checker found what the clients saw to be allowed.</p>")
        .contains("<li>4 faults hit.</li>", "<dt>Seed</dt><dd>4711</dd>")
        .contains("2026-03-01 10:15:00 UTC", "5 nodes, processes")
        .contains("<dt>Slowest recovery</dt><dd>731 ms after <code>kill(majority)</code></dd>")
        .contains("10 s <span class=\"pill valid\">kept</span>");
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void hasAWordForEveryVerdict(Status status) throws IOException {
    RunReport some = RunStories.valid();
    RunReport report =
        new RunReport(
            some.run(),
            new Conclusion(status, List.of("because")),
            List.of(new Finding.Stated("checker", status, "because", 1)),
            some.history(),
            some.faults(),
            some.nodes(),
            some.reigns(),
            some.availability(),
            some.stalls(),
            some.setup());

    String word = RunPage.word(status);
    assertThat(page(report))
        .contains("class=\"" + word + "\"", "<span class=\"pill %s\">%1$s</span>".formatted(word))
        .contains("Because.");
  }

  @Test
  void showsTheCounterexample() throws IOException {
    String page = page(RunStories.invalid());

    Map<String, Object> run = data(page, "run");
    assertThat(page)
        .contains("Operations around the counterexample", "<table id=\"minimal\">")
        .contains("culprit: its return made it certain");
    assertThat(Json.array(run.get("culprits"))).hasSize(1);
    assertThat((Long) data(page, "data").get("culprit")).isNotNegative();
  }

  @Test
  void aRunWithoutOperationsHasAPage() throws IOException {
    String page = page(RunStories.empty());

    assertThat(page)
        .contains("Vacuous", "No operation was recorded.", "No checker has judged this run.")
        .contains("Nothing was made to go wrong.", "not measured: there was no operation")
        .doesNotContain("id=\"stage\"", "id=\"data\"");
    assertThat(Json.array(data(page, "run").get("functions"))).isEmpty();
  }

  @Test
  void aRunWithoutFaultsHasAPage() throws IOException {
    String page = page(RunStories.withoutFaults(RunStories.valid()));

    assertThat(page)
        .contains("Nothing was made to go wrong.", "<dt>Longest outage</dt><dd>none</dd>")
        .contains("no fault to recover from");
  }

  @Test
  void boundsWhatItShows() throws IOException {
    RunReport some = RunStories.valid();
    List<Fault> faults = Collections.nCopies(20_000, some.faults().getFirst());
    RunReport report =
        new RunReport(
            some.run(),
            new Conclusion(Status.INVALID, Collections.nCopies(10_000, "a reason")),
            some.findings(),
            some.history(),
            faults,
            some.nodes(),
            Collections.nCopies(20_000, some.reigns().getFirst()),
            some.availability(),
            some.stalls(),
            some.setup());

    String page = page(report);

    assertThat(page).hasSizeLessThan(2_000_000).contains("19,000 further faults not shown.");
    assertThat(page).contains("And 9,950 further reasons.");
    assertThat(Json.array(data(page, "run").get("reigns"))).hasSize(5_000);
  }

  @Test
  void thinsPointsAndLogsOfALargeRun() throws IOException {
    String page = page(RunStories.large(100_000, 150_000));

    Map<String, Object> run = data(page, "run");
    assertThat(page).hasSizeLessThan(8_000_000);
    for (Object made : Json.array(run.get("functions"))) {
      Map<String, Object> function = Json.object(made);
      assertThat((Long) function.get("total")).isGreaterThan(40_000);
      assertThat(Json.array(function.get("at"))).hasSizeBetween(19_000, 20_000);
    }
    for (Object made : Json.array(run.get("nodes"))) {
      assertThat((Long) Json.object(made).get("leftout")).isEqualTo(10_000);
      assertThat(Json.array(Json.object(made).get("text"))).hasSize(20_000);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Interval(5, 4)).hasMessageContaining("can't end at 4 ns");
    assertThatThrownBy(() -> new Conclusion(Status.VALID, List.of()))
        .hasMessageContaining("needs a reason");
  }

  static String page(RunReport report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RunPage.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page).results().map(result -> result.group()).toList();
  }

  private static Map<String, Object> data(String page, String id) throws IOException {
    Matcher matcher =
        Pattern.compile(
                "<script type=\"application/json\" id=\""
                    + id
                    + "\" data-encoding=\"(\\w+)\">([^<]*)<")
            .matcher(page);
    assertThat(matcher.find()).isTrue();
    if (matcher.group(1).equals("plain")) {
      return Json.object(Json.read(matcher.group(2)));
    }
    byte[] compressed = Base64.getDecoder().decode(matcher.group(2));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return Json.object(Json.read(in.readAllBytes()));
    }
  }
}
