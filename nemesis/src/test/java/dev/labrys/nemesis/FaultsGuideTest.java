package dev.labrys.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    assertThat(faults).hasSize(Fault.class.getPermittedSubclasses().length);
    assertThat(faults)
        .extracting(text -> (Object) Fault.parse(text).getClass())
        .doesNotHaveDuplicates();
  }

  @Test
  void theExampleOfAScheduleIsOne() {
    assertThat(Schedule.parse(found(BLOCK).getFirst()).entries()).hasSize(23);
  }

  @Test
  void theExampleOfKindsNamesSome() {
    assertThat(Menace.parse(found(BLOCK).get(1).strip())).hasSize(3);
  }

  @Test
  void everyKindIsInTheTable() {
    assertThat(String.join(", ", found(KINDS)).replace("`", "").split(", "))
        .containsExactlyInAnyOrder(
            Arrays.stream(MenaceKind.values()).map(MenaceKind::toString).toArray(String[]::new));
  }
}
