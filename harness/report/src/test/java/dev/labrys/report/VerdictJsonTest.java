package dev.labrys.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.checker.Verdict;
import dev.labrys.checker.Verdict.Attempt;
import dev.labrys.checker.Verdict.Counterexample;
import dev.labrys.checker.Verdict.Effort;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictJsonTest {

  @Test
  void writesAnInvalidVerdictAsDocumented() throws IOException {
    Golden.assertMatches("failed-write.json", VerdictJson.render(Stories.withUnknown()));
  }

  @Test
  void theExampleInTheDocumentationIsWhatIsWritten() throws IOException {
    String document = Files.readString(Path.of("../../docs/verdict-schema.md"));

    String example =
        document.substring(document.indexOf("```json") + 7, document.lastIndexOf("```"));
    assertThat(Json.read(example)).isEqualTo(parse(Stories.withUnknown()));
  }

  @Test
  void writesAnUndecidedVerdictAsDocumented() throws IOException {
    Golden.assertMatches("undecided.json", VerdictJson.render(Stories.undecided()));
  }

  @Test
  void namesEveryOperationOfACertificate() {
    Map<String, Object> verdict = parse(Stories.valid(40, 5));

    Map<String, Object> certificate = Json.object(Json.array(verdict.get("certificates")).get(0));
    assertThat(verdict).containsEntry("verdict", "valid").containsEntry("labrys-verdict", 1L);
    assertThat(Json.array(certificate.get("order"))).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void givesInFullWhatACounterexampleNames() {
    Map<String, Object> found = Json.object(parse(Stories.staleRead()).get("counterexample"));

    List<Object> given =
        Json.array(found.get("operations")).stream()
            .map(operation -> Json.object(operation).get("index"))
            .toList();
    assertThat(given).contains(found.get("culprit"));
    for (Object attempt : Json.array(found.get("attempts"))) {
      Map<String, Object> fields = Json.object(attempt);
      assertThat(given).containsAll(Json.array(fields.get("order"))).contains(fields.get("stuck"));
      assertThat(Json.array(fields.get("states")))
          .hasSize(Json.array(fields.get("order")).size() + 1);
    }
  }

  @Test
  void keepsHostileTextsExactly() {
    String text = "</script>\u2028\u0000\"\\ \ud83d\ude00";

    Map<String, Object> found = Json.object(parse(Stories.hostile(text)).get("counterexample"));

    assertThat(found).containsEntry("reason", text).containsEntry("key", text);
  }

  @Test
  void keepsOnlyTheEndOfALongAttempt() {
    History history = Stories.valid(1, 1).history();
    Operation only = history.operations().get(0);
    int length = LastSteps.LIMIT + 5;
    Attempt attempt =
        new Attempt(
            Collections.nCopies(length, only), Collections.nCopies(length + 1, "nil"), only);
    Counterexample found =
        new Counterexample(Value.nil(), "none", only, List.of(), List.of(attempt), "search");

    Map<String, Object> verdict =
        parse(new Judgement("x", "y", history, new Verdict.Invalid(found, new Effort(1, 1, 1, 1))));

    Map<String, Object> written =
        Json.object(Json.array(Json.object(verdict.get("counterexample")).get("attempts")).get(0));
    assertThat(written).containsEntry("skipped", 5L);
    assertThat(Json.array(written.get("order"))).hasSize(LastSteps.LIMIT);
    assertThat(Json.array(written.get("states"))).hasSize(LastSteps.LIMIT + 1);
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    VerdictJson.write(Stories.undecided(), out);
    out.write('#');

    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).endsWith("}\n#");
  }

  private static Map<String, Object> parse(Judgement judgement) {
    return Json.object(Json.read(VerdictJson.render(judgement)));
  }
}
