package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the guide of faults shows can be read.
final class FaultsGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "faults.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");
  private static final Pattern PLAN = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Pattern JSON = Pattern.compile("(?ms)^```json\\n(.*?)^```$");
  private static final Pattern FAULT = Pattern.compile("(?m)^\\| `([a-z-]+:[^`]*)` \\|");
  private static final Pattern KINDS =
      Pattern.compile("(?m)^\\| (`[a-z]+`(, `[a-z]+`)*) \\|[^|]*\\|$");

  private final String guide;

  FaultsGuideTest() throws IOException {
    guide = Files.readString(GUIDE);
  }

  private List<String> found(Pattern pattern) {
    return pattern.matcher(guide).results().map((MatchResult each) -> each.group(1)).toList();
  }

  @Test
  void everyFaultOfTheTableIsOne() {
    List<String> faults =
        found(FAULT).stream()
            .map(fault ->
                fault.replace("target=T", "target=leader").replace("layout=L", "layout=star"))
            .toList();

    assertThat(faults).hasSize(FaultText.names().size());
    assertThat(faults)
        .extracting(text -> (Object) Fault.parse(text).getClass())
        .doesNotHaveDuplicates();
  }

  @Test
  void theExampleOfAScheduleIsOne() {
    assertThat(Schedule.parse(found(BLOCK).get(1)).entries()).hasSize(23);
  }

  @Test
  void theExampleOfKindsNamesSome() {
    assertThat(Menace.parse(found(BLOCK).getFirst().strip())).hasSize(3);
  }

  @Test
  void theExamplesOfPlansAreRead() throws IOException {
    PlanSchema schema = PlanSchema.read();

    assertThat(found(PLAN))
        .hasSize(7)
        .allSatisfy(yaml -> {
          assertThat(Plan.parse(yaml).steps()).isNotEmpty();
          assertThat(schema.allows(YamlReader.read(yaml))).isTrue();
        });
  }

  @Test
  void theFieldsOfStepsAndTheConditionsAreAllThere() {
    for (String deed : PlanReader.DEEDS) {
      assertThat(PlanReader.known(deed)).allMatch(field -> guide.contains("`" + field + "`"));
    }
    assertThat(Condition.Kind.values())
        .filteredOn(kind -> kind != Condition.Kind.NOW)
        .allMatch(kind -> guide.contains("`" + kind));
  }

  @Test
  void theExampleOfWhatWasDoneCanBeDoneAgain() throws IOException {
    List<Incident> done = IncidentLog.read(new StringReader(found(JSON).getFirst()));

    assertThat(Schedule.replay(done).text())
        .isEqualTo("5s..13s isolate:target=n2,direction=both\n");
  }

  @Test
  void everyKindIsInTheTable() {
    int start = guide.indexOf("| Kind |");
    String table = guide.substring(start, guide.indexOf("\n\n", start) + 1);
    List<String> kinds = KINDS.matcher(table).results().map(each -> each.group(1)).toList();

    assertThat(String.join(", ", kinds).replace("`", "").split(", "))
        .containsExactlyInAnyOrder(
            Arrays.stream(MenaceKind.values()).map(MenaceKind::toString).toArray(String[]::new));
  }
}
