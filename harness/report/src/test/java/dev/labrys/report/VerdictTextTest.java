package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Verdict;
import dev.labrys.checker.Verdict.Contribution;
import dev.labrys.checker.Verdict.Counterexample;
import dev.labrys.checker.Verdict.Effort;
import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.report.VerdictText.Colour;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTextTest {

  @Test
  void showsAStaleReadAsATimeline() throws IOException {
    Golden.assertMatches("stale-read.txt", plain(Stories.staleRead()));
  }

  @Test
  void showsUnknownAndFailedOperationsApart() throws IOException {
    Golden.assertMatches("failed-write.txt", plain(Stories.withUnknown()));
  }

  @Test
  void saysWhatAValidVerdictCost() throws IOException {
    Golden.assertMatches("valid.txt", plain(Stories.valid(40, 5)));
  }

  @Test
  void saysWhatWasEstablishedAndWhatToTryWhenUndecided() throws IOException {
    Golden.assertMatches("undecided.txt", plain(Stories.undecided()));
  }

  @Test
  void paintsOnlyWhenAsked() {
    assertThat(plain(Stories.staleRead())).doesNotContain("\u001b");
    assertThat(VerdictText.render(Stories.staleRead(), Colour.ANSI))
        .contains("\u001b[31;1mINVALID\u001b[0m");
  }

  @Test
  void takesTheTeethFromWhatATerminalWouldObey() {
    String text = plain(Stories.hostile("\u001b]0;owned\u0007\u202e\n\u2028"));

    assertThat(text).doesNotContain("\u001b", "\u0007", "\u202e", "\u2028");
    assertThat(text).contains("\\u001b]0;owned\\u0007\\u202e\\n\\u2028");
  }

  @Test
  void staysWithinAHundredColumns() {
    for (Judgement judgement :
        List.of(
            Stories.staleRead(), Stories.withUnknown(), manyLongWrites(12), manyLongWrites(60))) {
      assertThat(plain(judgement).lines().filter(line -> !line.startsWith("  Process")))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void listsWhatIsTooMuchForATimeline() throws IOException {
    Golden.assertMatches("long-list.txt", plain(manyLongWrites(60)));
  }

  private static String plain(Judgement judgement) {
    return VerdictText.render(judgement, Colour.PLAIN);
  }

  private static Judgement manyLongWrites(int count) {
    HistoryBuilder builder = new HistoryBuilder();
    for (int i = 0; i < count; i++) {
      Value value = Value.of("a value of some length, number " + i);
      builder.add(new Event.Invoked(i % 7, "write", Value.nil(), value, i * 2000L));
      builder.add(new Event.Completed(i % 7, Outcome.ok(Value.nil()), i * 2000L + 1000));
    }
    History history = builder.build();
    Counterexample found =
        new Counterexample(
            Value.nil(),
            "too much",
            history.operations().getLast(),
            history.operations().stream().map(each -> new Contribution(each, true)).toList(),
            List.of(),
            "search");
    return new Judgement(
        "long.jsonl",
        Stories.CHECKER,
        history,
        new Verdict.Invalid(found, new Effort(count, 1, count, 1_500)));
  }
}
